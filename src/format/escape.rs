//! Escaping: what a format cannot hold as it is, found a byte at a time and written another way.

/// The bytes at which something may have to be done.
pub(super) struct Special([bool; 256]);

impl Special {
    /// The controls below U+0020, and these bytes.
    pub const fn controls_and(others: &[u8]) -> Special {
        let mut table = [false; 256];
        let mut at = 0;
        while at < 0x20 {
            table[at] = true;
            at += 1;
        }
        at = 0;
        while at < others.len() {
            table[others[at] as usize] = true;
            at += 1;
        }
        Special(table)
    }

    /// Adds `text` to `out`. At each special byte `instead` is given the rest from there, and says how many of its
    /// bytes something else stands for, and what; 0: the byte stays as it is.
    #[inline]
    pub fn escape(
        &self,
        text: &str,
        out: &mut Vec<u8>,
        mut instead: impl FnMut(&[u8]) -> (usize, &'static str),
    ) {
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(next) = bytes[at..].iter().position(|byte| self.0[usize::from(*byte)]) {
            at += next;
            let (length, written) = instead(&bytes[at..]);
            if length == 0 {
                at += 1;
                continue;
            }
            out.extend_from_slice(&bytes[from..at]);
            out.extend_from_slice(written.as_bytes());
            at += length;
            from = at;
        }
        out.extend_from_slice(&bytes[from..]);
    }
}
