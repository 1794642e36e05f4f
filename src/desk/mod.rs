//! What a person can do: one function per use case, for the terminal and the editor alike.

pub mod about;
mod add;
pub mod align;
mod answer;
pub mod beside;
pub mod bring;
pub mod buffer;
pub mod check;
pub mod coverage;
mod each;
mod edit;
mod enter;
mod error;
pub mod export;
pub mod import;
pub mod input;
mod list;
pub mod memory;
mod open;
mod output;
mod placed;
pub mod segment;
mod sync;
pub mod translate;
mod unit;

pub use add::{AddError, Added, Adding, name_of, safe_name};
pub use answer::{Answer, English, Line};
pub use each::{chosen, each};
pub use edit::{Edited, edit, edit_all};
pub use enter::{Entered, Missed, Place};
pub use error::DeskError;
pub use list::{Listed, list};
pub use open::{OpenState, Opened, fresh, open};
pub use output::{Output, OutputFolder};
pub use sync::{Sync, Synced};
pub use unit::{Named, find_unit, in_edition, unit_id};
