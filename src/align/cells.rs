//! Where the words of pairs stand together, held small: millions of places, about two bytes each.

/// For each occurrence of a source word, in order: which target words of its bead it may be linked with.
///
/// Of each the target word's place in the bead and the pair's among those of the source word rise: what stands here is by how
/// much, seven bits to a byte (LEB128); a zero ends an occurrence.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<u8>);

/// The target word's place in the bead, and the pair's among those of the source word, from 1.
pub(super) type Cell = (u32, u32);

impl Cells {
    /// Adds the cells of the next occurrence; both numbers rise from one to the next.
    pub fn push(&mut self, cells: impl Iterator<Item = Cell>) {
        let mut before = (0, 0);
        for (place, pair) in cells {
            // From one on: no cell begins with a zero.
            self.number(place + 1 - before.0);
            self.number(pair - before.1);
            before = (place + 1, pair);
        }
        self.byte(0);
    }

    fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }

    fn byte(&mut self, byte: u8) {
        super::pool::push(&mut self.0, byte);
    }

    /// Gives back what room was not needed.
    pub fn close(&mut self) {
        self.0.shrink_to_fit();
    }

    /// The cells of one occurrence after another.
    pub fn read(&self) -> Reading<'_> {
        Reading(self.0.iter())
    }
}

/// Goes through cells once.
#[derive(Debug)]
pub(super) struct Reading<'c>(std::slice::Iter<'c, u8>);

impl Reading<'_> {
    /// The cells of the next occurrence, in `room`; none after the last.
    pub fn next<'r>(&mut self, room: &'r mut Vec<Cell>) -> &'r [Cell] {
        room.clear();
        let mut before = (0, 0);
        loop {
            let more = self.number();
            if more == 0 {
                return room;
            }
            before = (before.0 + more, before.1 + self.number());
            room.push((before.0 - 1, before.1));
        }
    }

    fn number(&mut self) -> u32 {
        let (mut number, mut bits) = (0, 0);
        for &byte in self.0.by_ref() {
            number |= u32::from(byte & 0x7f) << bits;
            if byte < 0x80 {
                break;
            }
            bits += 7;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_they_were_added() {
        let most = u32::MAX - 1;
        let occurrences: [&[Cell]; 6] = [
            &[(0, 0)],
            &[],
            &[(0, 5), (1, 6), (200, 7), (201, 300)],
            &[(127, 127), (128, 128), (129, 16_511)],
            &[(70_000, 0), (most, most)],
            &[(3, 1)],
        ];
        let mut cells = Cells::default();
        occurrences.iter().for_each(|own| cells.push(own.iter().copied()));
        cells.close();
        let (mut reading, mut room) = (cells.read(), Vec::new());
        for own in occurrences {
            assert_eq!(reading.next(&mut room), own);
        }
        assert!(reading.next(&mut room).is_empty());
    }
}
