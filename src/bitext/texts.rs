//! The texts of one side of a unit, which clones of the unit share.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A list of texts that is put in another's place, never changed: its clones are one and the same in memory.
///
/// An article has very many units, most of which an edit or a carry-over leaves as they are.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Texts;
/// let texts = Texts::from(vec!["Il pleut.".to_owned(), "Il vente.".to_owned()]);
/// assert_eq!(texts.join(" "), "Il pleut. Il vente.");
/// assert_eq!(texts, ["Il pleut.", "Il vente."]);
/// assert!(Texts::new().is_empty());
/// ```
// None: there are none. So they are equal however they came to be, and take no room.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Texts(Option<Arc<[String]>>);

impl Texts {
    /// None.
    pub const fn new() -> Self {
        Texts(None)
    }

    /// Both lists as one.
    pub fn followed_by(&self, other: &Texts) -> Texts {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            _ => self.iter().chain(other).cloned().collect(),
        }
    }

    /// Puts a list in its place that is made of it.
    pub fn edit<T>(&mut self, change: impl FnOnce(&mut Vec<String>) -> T) -> T {
        let mut texts = self.to_vec();
        let result = change(&mut texts);
        *self = texts.into();
        result
    }

    /// The one text, to be written over, so that its room is used again; none where there is not just one, or a clone has it too.
    pub fn only_mut(&mut self) -> Option<&mut String> {
        match Arc::get_mut(self.0.as_mut()?)? {
            [only] => Some(only),
            _ => None,
        }
    }
}

impl Deref for Texts {
    type Target = [String];

    fn deref(&self) -> &[String] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl From<Vec<String>> for Texts {
    fn from(texts: Vec<String>) -> Self {
        Texts((!texts.is_empty()).then(|| texts.into()))
    }
}

impl From<String> for Texts {
    fn from(only: String) -> Self {
        Texts(Some(Arc::new([only])))
    }
}

impl From<&str> for Texts {
    fn from(only: &str) -> Self {
        Texts::from(only.to_owned())
    }
}

impl FromIterator<String> for Texts {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Texts::from(Vec::from_iter(texts))
    }
}

impl<'t> IntoIterator for &'t Texts {
    type Item = &'t String;
    type IntoIter = std::slice::Iter<'t, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, const N: usize> PartialEq<[T; N]> for Texts
where
    String: PartialEq<T>,
{
    fn eq(&self, other: &[T; N]) -> bool {
        **self == *other
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_is_the_same_in_memory_and_none_takes_no_room() {
        let texts = Texts::from("Il pleut.");
        assert!(std::ptr::eq(&*texts, &*texts.clone()));
        assert_eq!(texts, Texts::from_iter(["Il pleut.".to_owned()]));
        assert_ne!(texts, Texts::from("Il vente."));
        assert_eq!(format!("{texts:?}"), format!("{:?}", ["Il pleut."]));
        let (mut one, clone) = (Texts::from("Il vente."), texts.clone());
        one.only_mut().unwrap().push('!');
        assert_eq!(one, ["Il vente.!"]);
        assert_eq!(clone.clone().only_mut(), None);
        assert_eq!(one.edit(|texts| texts.pop()), Some("Il vente.!".to_owned()));
        assert!(one.is_empty() && one.0.is_none());
        assert!(Texts::from(Vec::new()).0.is_none() && Texts::new() == Texts::default());
    }
}
