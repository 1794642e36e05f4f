//! Disks that are full: of bytes, of files, beyond a quota; and a corpus that may only be read.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::cases::CASES;
use super::scene::{Scene, copy_folder};
use super::{full, skip};

/// A small disk that goes with its guard, or a folder on one with a quota.
struct Disk {
    at: TempDir,
    image: Option<TempDir>,
    quota: bool,
}

/// What is left on a full disk.
#[derive(Clone, Copy, Debug)]
enum Room {
    Bytes(u64),
    Files(u64),
}

fn quiet(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

impl Disk {
    fn memory(options: &str) -> Option<Disk> {
        let at = tempfile::tempdir().ok()?;
        let mount = ["-t", "tmpfs", "-o", options, "tmpfs"];
        quiet(Command::new("mount").args(mount).arg(at.path())).then_some(Disk {
            at,
            image: None,
            quota: false,
        })
    }

    fn ext4() -> Option<Disk> {
        let (at, image) = (tempfile::tempdir().ok()?, tempfile::tempdir().ok()?);
        let file = image.path().join("disk");
        fs::File::create(&file).ok()?.set_len(4 << 20).ok()?;
        let made = quiet(Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(&file))
            && quiet(Command::new("mount").args(["-o", "loop"]).arg(&file).arg(at.path()));
        made.then_some(Disk { at, image: Some(image), quota: false })
    }

    fn path(&self) -> &Path {
        self.at.path()
    }

    /// Fills it until only so much is left.
    fn fill(&self, room: Room) {
        if self.quota {
            return self.use_up(room);
        }
        let told = |what: &str| -> u64 {
            let out = Command::new("stat").args(["-f", "-c", what]).arg(self.path()).output().unwrap();
            String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
        };
        match room {
            Room::Files(keep) => {
                for number in 0..told("%d").saturating_sub(keep) {
                    fs::write(self.file(number), "").unwrap();
                }
            }
            Room::Bytes(keep) => {
                let free = told("%a") * told("%S");
                let ballast = vec![b'x'; free.saturating_sub(keep) as usize];
                let _ = fs::write(self.path().join("ballast"), ballast);
            }
        }
    }

    /// The same where nothing tells how much is left: until the disk says that the quota is used up.
    fn use_up(&self, room: Room) {
        let refused = |error: io::Error| {
            assert_eq!(error.kind(), io::ErrorKind::QuotaExceeded, "no quota here: {error}");
        };
        match room {
            Room::Files(keep) => {
                let made = |number: &u64| fs::write(self.file(*number), "").map_err(refused).is_ok();
                let number = (0..).take_while(made).count() as u64;
                for number in number.saturating_sub(keep)..number {
                    fs::remove_file(self.file(number)).unwrap();
                }
            }
            Room::Bytes(keep) => {
                let mut ballast = fs::File::create(self.path().join("ballast")).unwrap();
                loop {
                    if let Err(error) = ballast.write_all(&[b'x'; 512]) {
                        break refused(error);
                    }
                }
                let length = ballast.metadata().unwrap().len();
                ballast.set_len(length.saturating_sub(keep)).unwrap();
            }
        }
    }

    fn file(&self, number: u64) -> PathBuf {
        self.path().join(format!("f{number}"))
    }

    fn empty(&self) {
        for entry in fs::read_dir(self.path()).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == "ballast" || name.starts_with('f') {
                fs::remove_file(entry.path()).unwrap();
            }
        }
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if !self.quota {
            quiet(Command::new("umount").arg(self.at.path()));
        }
        let _ = &self.image;
    }
}

/// Does every case on this disk, with so much room each.
fn all_cases(disk: &Disk, kind: &str, rooms: &[Room]) -> Vec<String> {
    let (mut faults, mut refused) = (Vec::new(), vec![0; rooms.len()]);
    let cause = if disk.quota { "quota exceeded" } else { "No space left" };
    // As everywhere: the folder's name goes into some formats.
    let folder = disk.path().join("corpus");
    for case in CASES {
        let scene = case.scene();
        let states = case.states(&scene);
        for (&room, refused) in rooms.iter().zip(&mut refused) {
            fs::create_dir(&folder).unwrap();
            copy_folder(scene.root(), &folder);
            let on_disk = Scene::standing(folder.clone());
            disk.fill(room);
            let ran = case.run(on_disk.command(case.arguments));
            let told = String::from_utf8_lossy(&ran.stderr).into_owned();
            let failed = !ran.status.success();
            let silent = failed && !told.contains(cause);
            let left: Vec<_> = on_disk.left_over().into_iter().filter(|_| failed).collect();
            disk.empty();
            *refused += usize::from(failed);
            let again = (failed && on_disk.state() == states[0]).then(|| on_disk.copy());
            let fault = case
                .fault(&on_disk, &states, &ran)
                .or_else(|| silent.then(|| format!("does not tell the cause: {told}")))
                .or_else(|| (!left.is_empty()).then(|| format!("left over: {left:?}")))
                .or_else(|| again.and_then(|again| case.fault_with_room(&again, &states)))
                .or_else(|| case.fault_afterwards(&on_disk));
            if let Some(fault) = fault {
                faults.push(format!("{}, {kind}, {room:?} free: {fault}", case.name));
            }
            fs::remove_dir_all(&folder).unwrap();
        }
    }
    for (room, refused) in rooms.iter().zip(refused) {
        eprintln!("{kind}, {room:?} free: {refused} of {} commands refused", CASES.len());
    }
    faults
}

/// Some levels of room: a slice of them, or all.
fn rooms(kind: fn(u64) -> Room, slice: &[u64], all: &[u64]) -> Vec<Room> {
    if full() { all } else { slice }.iter().map(|free| kind(*free)).collect()
}

#[test]
fn a_disk_full_of_bytes_or_of_files_loses_nothing() {
    let Some(disk) = Disk::memory("size=2m,nr_inodes=400") else {
        return skip("a tmpfs cannot be mounted here");
    };
    let bytes = rooms(Room::Bytes, &[0, 8192], &[0, 4096, 8192, 12288, 16384, 20480, 24576]);
    let files = rooms(Room::Files, &[0, 2], &[0, 1, 2, 3, 4, 5, 6]);
    let faults = all_cases(&disk, "tmpfs", &[bytes, files].concat());
    drop(disk);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_full_ext4_disk_loses_nothing() {
    let Some(disk) = Disk::ext4() else { return skip("an ext4 image cannot be made and mounted here") };
    let faults = all_cases(&disk, "ext4", &rooms(Room::Bytes, &[0], &[0, 1024, 2048, 4096, 8192, 16384]));
    drop(disk);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The kernel's own quotas, of blocks and of files, for the user who runs this: `tests/vm/run` makes such a disk.
#[test]
#[ignore = "needs ENREGARD_QUOTA: a folder on a disk on which this user has a quota"]
fn a_quota_that_is_used_up_loses_nothing() {
    let folder = std::env::var_os("ENREGARD_QUOTA").expect("ENREGARD_QUOTA");
    let disk = Disk { at: TempDir::new_in(folder).unwrap(), image: None, quota: true };
    let bytes = rooms(Room::Bytes, &[0, 2048], &[0, 1024, 2048, 3072, 4096, 6144, 8192, 12288]);
    let files = rooms(Room::Files, &[0, 2], &[0, 1, 2, 3, 4, 5, 6]);
    let faults = all_cases(&disk, "quota", &[bytes, files].concat());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_disk_that_may_only_be_read_serves_readers_and_tells_writers() {
    let Some(disk) = Disk::memory("size=2m") else { return skip("a tmpfs cannot be mounted here") };
    let folder = disk.path().join("corpus");
    fs::create_dir(&folder).unwrap();
    copy_folder(Scene::new().root(), &folder);
    assert!(quiet(Command::new("mount").args(["-o", "remount,ro"]).arg(disk.path())));
    let scene = Scene::standing(folder);
    let before = scene.state();
    for reading in [&["coverage"][..], &["export"], &["list"], &["show", "canal"], &["history", "canal:1"]] {
        scene.ok(reading);
    }
    let ran = scene.command(&["set", "canal:5", "--en", "The bridge is open."]).output().unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(told.contains("Read-only file system") && told.contains("alignments"), "{told}");
    assert_eq!(scene.state(), before);
}
