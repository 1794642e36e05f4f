//! `enregard man`: the manual pages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome, Terminal};

/// Write the manual pages: the main one to standard output, or all of them into a folder.
///
/// Example: `enregard man --into ~/.local/share/man/man1`
#[derive(Args)]
pub(super) struct Man {
    /// A folder for all pages, one per command; made if absent
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        match self.into {
            None => {
                let mut page = Vec::new();
                clap_mangen::Man::new(super::command()).render(&mut page)?;
                terminal.out.write_all(&page)?;
            }
            Some(folder) => {
                let told = || format!("cannot write the manual pages into {}", folder.display());
                fs::create_dir_all(&folder).map_err(|error| Failure::because(told(), error))?;
                clap_mangen::generate_to(super::command(), &folder)
                    .map_err(|error| Failure::because(told(), error))?;
            }
        }
        Ok(Outcome::Done)
    }
}
