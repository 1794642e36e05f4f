//! How alike two words are, letter by letter.

/// The length of the longest common subsequence of two words, in characters: the letters that
/// stand in both, in the same order.
///
/// O(n·m) time, O(m) memory.
///
/// # Examples
///
/// ```
/// use enregard::words::common_letters;
/// assert_eq!(common_letters("Moscou", "Moscow"), 5);
/// ```
pub fn common_letters(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row = vec![0usize; b.len() + 1];
    for x in a.chars() {
        let mut diagonal = 0;
        for (at, &y) in b.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if x == y { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_count_once_and_in_order() {
        for (a, b, letters) in [("", "abc", 0), ("abc", "cba", 1), ("été", "été", 3), ("aab", "ab", 2)] {
            assert_eq!(common_letters(a, b), letters, "{a} {b}");
            assert_eq!(common_letters(b, a), letters, "{b} {a}");
        }
    }
}
