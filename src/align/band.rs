//! Where in the plane of sentence pairs the path is looked for.

/// For each source boundary `0..=n` the target boundaries that are looked at.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// First and last target boundary; both never fall from one row to the next.
    pub rows: Vec<(u32, u32)>,
    /// Where each row's nodes begin; one more than there are rows.
    pub offsets: Vec<usize>,
}

impl Band {
    /// A band through the points `(source boundary, target boundary, half width)`, which rise in both.
    ///
    /// Between two points the whole rectangle is in the band, unless it is larger than `most`
    /// nodes, and the larger of their widths more on either side; `width` is that of the corners.
    pub fn through(
        points: impl Iterator<Item = (u32, u32, u32)>,
        size: (u32, u32),
        width: u32,
        most: u64,
    ) -> Self {
        let (n, m) = size;
        let mut rows = vec![(u32::MAX, 0u32); n as usize + 1];
        let mut cover = |i: u32, lo: i64, hi: i64| {
            let (lo, hi) = (lo.clamp(0, i64::from(m)) as u32, hi.clamp(0, i64::from(m)) as u32);
            let row = &mut rows[i as usize];
            *row = (row.0.min(lo), row.1.max(hi));
        };
        let inner = points.filter(|&(i, j, _)| i > 0 && j > 0 && i < n && j < m);
        let mut before = (0, 0, 0);
        for point in inner.chain([(n, m, 0)]) {
            let ((i0, j0, before_width), (i1, j1, own_width)) = (before, point);
            before = point;
            // The corners are fixed.
            let width = match before_width.max(own_width) {
                0 => width,
                width => width,
            };
            let width = i64::from(width);
            let area = u64::from(i1 - i0 + 1) * u64::from(j1 - j0 + 1);
            for i in i0..=i1 {
                let (lo, hi) = if area <= most || i1 == i0 {
                    (i64::from(j0), i64::from(j1))
                } else {
                    // Too large: a diagonal strip, which is wider in the middle.
                    let at = i64::from(j0) + i64::from(j1 - j0) * i64::from(i - i0) / i64::from(i1 - i0);
                    let side = (most / u64::from(i1 - i0 + 1) / 2) as i64
                        + i64::from(j1 - j0) / i64::from(i1 - i0)
                        + 1;
                    ((at - side).max(i64::from(j0)), (at + side).min(i64::from(j1)))
                };
                cover(i, lo - width, hi + width);
            }
        }
        // Made monotone.
        let last = rows.len() - 1;
        rows[0].0 = 0;
        rows[last].1 = m;
        for i in 1..rows.len() {
            rows[i].1 = rows[i].1.max(rows[i - 1].1);
        }
        for i in (0..last).rev() {
            rows[i].0 = rows[i].0.min(rows[i + 1].0);
        }
        Band::of(rows)
    }

    fn of(rows: Vec<(u32, u32)>) -> Self {
        let mut offsets = Vec::with_capacity(rows.len() + 1);
        let mut at = 0;
        for &(lo, hi) in &rows {
            offsets.push(at);
            at += (hi - lo + 1) as usize;
        }
        offsets.push(at);
        Band { rows, offsets }
    }

    /// The same band with source and target exchanged.
    pub fn turned(&self, targets: usize) -> Self {
        let mut rows = vec![(u32::MAX, 0u32); targets + 1];
        for (i, &(lo, hi)) in self.rows.iter().enumerate() {
            for row in &mut rows[lo as usize..=hi as usize] {
                row.0 = row.0.min(i as u32);
                row.1 = row.1.max(i as u32);
            }
        }
        Band::of(rows)
    }

    /// The node's place, if it is in the band.
    pub fn node(&self, i: usize, j: usize) -> Option<usize> {
        let (lo, hi) = self.rows[i];
        (j >= lo as usize && j <= hi as usize).then(|| self.offsets[i] + j - lo as usize)
    }

    /// How many nodes.
    pub fn len(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }
}
