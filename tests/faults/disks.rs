//! Disks that are full: of bytes, of files, beyond a quota; and a corpus that may only be read.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::cases::CASES;
use super::scene::{Scene, copy_folder};
use super::{full, skip};

/// A small disk that goes with its guard.
struct Disk {
    at: TempDir,
    image: Option<TempDir>,
}

fn quiet(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

impl Disk {
    fn memory(options: &str) -> Option<Disk> {
        let at = tempfile::tempdir().ok()?;
        let mount = ["-t", "tmpfs", "-o", options, "tmpfs"];
        quiet(Command::new("mount").args(mount).arg(at.path())).then_some(Disk { at, image: None })
    }

    fn ext4() -> Option<Disk> {
        let (at, image) = (tempfile::tempdir().ok()?, tempfile::tempdir().ok()?);
        let file = image.path().join("disk");
        fs::File::create(&file).ok()?.set_len(4 << 20).ok()?;
        let made = quiet(Command::new("mkfs.ext4").args(["-q", "-F", "-m", "0"]).arg(&file))
            && quiet(Command::new("mount").args(["-o", "loop"]).arg(&file).arg(at.path()));
        made.then_some(Disk { at, image: Some(image) })
    }

    fn path(&self) -> &Path {
        self.at.path()
    }

    /// Fills it until so many bytes are free, and all but so many files.
    fn fill(&self, free_bytes: u64, free_files: Option<u64>) {
        let told = |what: &str| -> u64 {
            let out = Command::new("stat").args(["-f", "-c", what]).arg(self.path()).output().unwrap();
            String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
        };
        if let Some(keep) = free_files {
            for number in 0..told("%d").saturating_sub(keep) {
                fs::write(self.path().join(format!("f{number}")), "").unwrap();
            }
            return;
        }
        let free = told("%a") * told("%S");
        let _ = fs::write(self.path().join("ballast"), vec![b'x'; free.saturating_sub(free_bytes) as usize]);
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
        quiet(Command::new("umount").arg(self.at.path()));
        let _ = &self.image;
    }
}

/// Does every case on this disk, filled to `free` bytes and `files` files.
fn all_cases(disk: &Disk, kind: &str, free: u64, files: Option<u64>) -> Vec<String> {
    let mut faults = Vec::new();
    for case in CASES {
        let scene = case.scene();
        let states = case.states(&scene);
        // As everywhere: the folder's name goes into some formats.
        let folder = disk.path().join("corpus");
        fs::create_dir(&folder).unwrap();
        copy_folder(scene.root(), &folder);
        let on_disk = Scene::standing(folder.clone());
        disk.fill(free, files);
        let ran = case.run(on_disk.command(case.arguments));
        let told = String::from_utf8_lossy(&ran.stderr).into_owned();
        let silent = !ran.status.success() && !told.contains("No space left");
        let left: Vec<_> = on_disk.left_over().into_iter().filter(|_| !ran.status.success()).collect();
        disk.empty();
        let fault = case
            .fault(&on_disk, &states, &ran)
            .or_else(|| silent.then(|| format!("does not tell the cause: {told}")))
            .or_else(|| (!left.is_empty()).then(|| format!("left over: {left:?}")))
            .or_else(|| case.fault_afterwards(&on_disk));
        if let Some(fault) = fault {
            faults.push(format!("{}, {kind}, {free} bytes free: {fault}", case.name));
        }
        fs::remove_dir_all(&folder).unwrap();
    }
    faults
}

#[test]
fn a_disk_full_of_bytes_or_of_files_loses_nothing() {
    let Some(disk) = Disk::memory("size=2m,nr_inodes=400") else {
        return skip("a tmpfs cannot be mounted here");
    };
    let mut faults = Vec::new();
    let frees: &[u64] = if full() { &[0, 4096, 8192, 12288, 16384, 20480, 24576] } else { &[0, 8192] };
    for &free in frees {
        faults.extend(all_cases(&disk, "tmpfs", free, None));
    }
    let files: &[u64] = if full() { &[0, 1, 2, 3, 4, 5, 6] } else { &[0, 2] };
    for &files in files {
        faults.extend(all_cases(&disk, "tmpfs, few files", 0, Some(files)));
    }
    drop(disk);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_full_ext4_disk_loses_nothing() {
    let Some(disk) = Disk::ext4() else { return skip("an ext4 image cannot be made and mounted here") };
    let frees: &[u64] = if full() { &[0, 1024, 2048, 4096, 8192, 16384] } else { &[0] };
    let faults: Vec<String> = frees.iter().flat_map(|free| all_cases(&disk, "ext4", *free, None)).collect();
    drop(disk);
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
