//! A disk in memory that knows what has been flushed: it can crash, fail, and lose its power.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::store::fs::{Fs, Handle, Node};

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    /// Nothing ever.
    Never,
    /// At this step (counted from 0), and at every one after it, nothing works any more.
    Crash(usize),
    /// This step alone fails so; half of what it should write is written.
    Error(usize, io::ErrorKind),
}

#[derive(Clone, Debug, Default)]
struct Content {
    now: Vec<u8>,
    flushed: Vec<u8>,
}

/// A change of a folder's names that is not flushed yet.
#[derive(Clone, Debug)]
enum Naming {
    Made(PathBuf, usize),
    Renamed(PathBuf, PathBuf, usize),
    Removed(PathBuf),
}

#[derive(Clone, Debug, Default)]
struct World {
    contents: Vec<Content>,
    names: BTreeMap<PathBuf, usize>,
    folders: Vec<PathBuf>,
    flushed_names: BTreeMap<PathBuf, usize>,
    flushed_folders: Vec<PathBuf>,
    pending: Vec<Naming>,
    steps: usize,
}

pub(crate) struct Memory {
    world: Mutex<World>,
    fault: Fault,
}

impl Memory {
    /// A disk with one corpus, whose seeds are these.
    pub fn with_seeds(seeds: &[(&str, &str)]) -> Memory {
        let seeds: Vec<_> = seeds.iter().map(|(name, text)| (format!("/c/seeds/{name}"), *text)).collect();
        let seeds: Vec<_> = seeds.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        Memory::with_folders(&["/c", "/c/seeds"], &seeds)
    }

    /// A disk with these folders, in order, and these files.
    pub fn with_folders(folders: &[&str], files: &[(&str, &str)]) -> Memory {
        let mut world = World { folders: folders.iter().map(PathBuf::from).collect(), ..World::default() };
        world.flushed_folders = world.folders.clone();
        for (path, text) in files {
            let bytes = text.as_bytes().to_vec();
            world.contents.push(Content { now: bytes.clone(), flushed: bytes });
            world.names.insert(path.into(), world.contents.len() - 1);
        }
        world.flushed_names = world.names.clone();
        Memory { world: Mutex::new(world), fault: Fault::Never }
    }

    /// The same content, on a disk with this fault; steps are counted from now.
    pub fn with_fault(&self, fault: Fault) -> Memory {
        let world = World { steps: 0, ..self.world.lock().unwrap().clone() };
        Memory { world: Mutex::new(world), fault }
    }

    /// The steps that were done.
    pub fn steps(&self) -> usize {
        self.world.lock().unwrap().steps
    }

    /// Every file but the local ones, with its content.
    pub fn state(&self) -> BTreeMap<PathBuf, String> {
        let world = self.world.lock().unwrap();
        let seen = world.names.iter().filter(|(path, _)| !path.starts_with("/c/alignments/.journal"));
        seen.map(|(path, at)| (path.clone(), String::from_utf8_lossy(&world.contents[*at].now).into_owned()))
            .collect()
    }

    /// What is on the disk after a loss of power: of what was not flushed, `chance` decides.
    pub fn after_power_loss(&self, mut chance: impl FnMut(usize) -> usize) -> Memory {
        let old = self.world.lock().unwrap();
        let mut names = old.flushed_names.clone();
        for naming in &old.pending {
            // Names reach the disk in any order, or not at all.
            if chance(2) == 0 {
                continue;
            }
            match naming {
                Naming::Made(path, at) => {
                    names.insert(path.clone(), *at);
                }
                Naming::Renamed(from, to, at) => {
                    names.remove(from);
                    names.insert(to.clone(), *at);
                }
                Naming::Removed(path) => {
                    names.remove(path);
                }
            }
        }
        // A folder that is not flushed may go with all that is in it.
        let mut made = old.folders.clone();
        made.sort();
        let mut folders: Vec<PathBuf> = Vec::new();
        for folder in made {
            let above = folder
                .parent()
                .is_none_or(|above| above == Path::new("/") || folders.contains(&above.to_owned()));
            if above && (old.flushed_folders.contains(&folder) || chance(2) == 1) {
                folders.push(folder);
            }
        }
        names.retain(|path, _| path.parent().is_some_and(|folder| folders.contains(&folder.to_owned())));
        let contents = old.contents.iter().map(|content| {
            let Content { now, flushed } = content;
            let left = match chance(5) {
                _ if now == flushed => now.clone(),
                0 => flushed.clone(),
                1 => now.clone(),
                // A part of it, or the right length with nothing in it.
                2 => {
                    let shared = now.iter().zip(flushed).take_while(|(a, b)| a == b).count();
                    now[..shared + chance(now.len() - shared + 1)].to_vec()
                }
                // Its end is there, and what comes before the end is not.
                3 => {
                    let mut left = now.clone();
                    let shared = now.iter().zip(flushed).take_while(|(a, b)| a == b).count();
                    let hole = shared + chance(now.len() - shared + 1);
                    left[shared..hole].fill(0);
                    left
                }
                _ => {
                    let mut left = flushed.clone();
                    left.resize(now.len(), 0);
                    left
                }
            };
            Content { now: left.clone(), flushed: left }
        });
        let contents = contents.collect();
        let world = World {
            contents,
            flushed_names: names.clone(),
            names,
            flushed_folders: folders.clone(),
            folders,
            ..World::default()
        };
        Memory { world: Mutex::new(world), fault: Fault::Never }
    }

    /// Does a step, unless the fault is now. A failing step is handed `true`, to do half of its work.
    fn step<T>(&self, work: impl FnOnce(&mut World, bool) -> io::Result<T>) -> io::Result<T> {
        let mut world = self.world.lock().unwrap();
        let now = world.steps;
        world.steps += 1;
        match self.fault {
            Fault::Crash(at) if now > at => Err(io::Error::other("crashed")),
            Fault::Crash(at) if now == at => {
                let _ = work(&mut world, true);
                Err(io::Error::other("crashed"))
            }
            Fault::Error(at, kind) if now == at => {
                let _ = work(&mut world, true);
                Err(kind.into())
            }
            _ => work(&mut world, false),
        }
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Fs for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let world = self.world.lock().unwrap();
        world.names.get(path).map(|at| world.contents[*at].now.clone()).ok_or_else(missing)
    }

    fn node(&self, path: &Path) -> io::Result<Option<Node>> {
        let world = self.world.lock().unwrap();
        let file = world.names.contains_key(path).then_some(Node::File);
        Ok(file.or_else(|| world.folders.iter().any(|folder| folder == path).then_some(Node::Folder)))
    }

    fn read_only(&self, _path: &Path) -> bool {
        false
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Node)>> {
        let world = self.world.lock().unwrap();
        if !world.folders.iter().any(|other| other == folder) {
            return Err(missing());
        }
        let files = world.names.keys().map(|path| (path, Node::File));
        let folders = world.folders.iter().map(|path| (path, Node::Folder));
        let here = files.chain(folders).filter(|(path, _)| path.parent() == Some(folder));
        Ok(here.filter_map(|(path, node)| Some((path.file_name()?.to_owned(), node))).collect())
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if self.node(path)? == Some(Node::Folder) {
            return Ok(());
        }
        self.step(|world, failing| {
            for folder in path.ancestors().filter(|folder| folder.starts_with("/c")) {
                if !failing && !world.folders.iter().any(|other| other == folder) {
                    world.folders.push(folder.to_owned());
                }
            }
            Ok(())
        })
    }

    fn create_new(&self, path: &Path, _like: &Path) -> io::Result<Handle> {
        self.step(|world, failing| {
            if world.names.contains_key(path) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            if !failing {
                world.contents.push(Content::default());
                let at = world.contents.len() - 1;
                world.names.insert(path.to_owned(), at);
                world.pending.push(Naming::Made(path.to_owned(), at));
            }
            Ok(Handle { path: path.to_owned(), file: None })
        })
    }

    fn open_append(&self, path: &Path) -> io::Result<Handle> {
        if self.node(path)? == Some(Node::File) {
            return Ok(Handle { path: path.to_owned(), file: None });
        }
        self.create_new(path, path)
    }

    fn write_all(&self, handle: &mut Handle, bytes: &[u8]) -> io::Result<()> {
        self.step(|world, failing| {
            let at = *world.names.get(&handle.path).ok_or_else(missing)?;
            let written = if failing { bytes.len() / 2 } else { bytes.len() };
            world.contents[at].now.extend_from_slice(&bytes[..written]);
            Ok(())
        })
    }

    fn truncate(&self, handle: &mut Handle, bytes: u64) -> io::Result<()> {
        self.step(|world, failing| {
            let at = *world.names.get(&handle.path).ok_or_else(missing)?;
            if !failing {
                world.contents[at].now.truncate(usize::try_from(bytes).unwrap());
            }
            Ok(())
        })
    }

    fn tail(&self, handle: &mut Handle, bytes: u64) -> io::Result<(u64, Vec<u8>)> {
        let all = self.read(&handle.path)?;
        let start = all.len().saturating_sub(usize::try_from(bytes).unwrap_or(usize::MAX));
        Ok((all.len() as u64, all[start..].to_vec()))
    }

    fn sync_file(&self, handle: &Handle) -> io::Result<()> {
        self.step(|world, failing| {
            let at = *world.names.get(&handle.path).ok_or_else(missing)?;
            if !failing {
                world.contents[at].flushed = world.contents[at].now.clone();
            }
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(|world, failing| {
            if failing {
                return Ok(());
            }
            let here = |path: &Path| path.parent() == Some(folder);
            let names = std::mem::take(&mut world.pending);
            for naming in names {
                match naming {
                    Naming::Made(path, at) if here(&path) => {
                        world.flushed_names.insert(path, at);
                    }
                    Naming::Renamed(from, to, at) if here(&to) => {
                        world.flushed_names.remove(&from);
                        world.flushed_names.insert(to, at);
                    }
                    Naming::Removed(path) if here(&path) => {
                        world.flushed_names.remove(&path);
                    }
                    other => world.pending.push(other),
                }
            }
            let made: Vec<PathBuf> = world.folders.iter().filter(|path| here(path)).cloned().collect();
            world.flushed_folders.extend(made);
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|world, failing| {
            let at = *world.names.get(from).ok_or_else(missing)?;
            if !failing {
                world.names.remove(from);
                world.names.insert(to.to_owned(), at);
                world.pending.push(Naming::Renamed(from.to_owned(), to.to_owned(), at));
            }
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|world, failing| {
            if !world.names.contains_key(path) {
                return Err(missing());
            }
            if !failing {
                world.names.remove(path);
                world.pending.push(Naming::Removed(path.to_owned()));
            }
            Ok(())
        })
    }

    fn try_lock(&self, _handle: &Handle) -> io::Result<bool> {
        self.step(|_, _| Ok(true))
    }
}
