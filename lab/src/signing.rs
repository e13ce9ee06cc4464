//! Keys and signatures, by BIND's own tools, every zone in a thread of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use crate::error::Result;
use crate::hierarchy;
use crate::process::output;
use crate::zone::{Signing, Zone};

/// Writes every zone that is served into a directory, signed where it shall be. Returns the root's DNSKEY record.
pub(crate) fn write_zones(mut zones: Vec<Zone>, directory: &Path) -> Result<String> {
    let keys = in_parallel(&zones, |zone| zone.has_keys().then(|| Key::generate(zone, directory)).transpose())?;
    for (child, key) in keys.iter().enumerate() {
        if let (Some(key), Some(parent)) = (key, hierarchy::parent(&zones, child)) {
            let origin = zones[child].origin();
            zones[parent].add(&origin, "DS", key.ds.clone());
        }
    }
    let jobs: Vec<_> = zones.iter().zip(&keys).filter(|(zone, _)| zone.is_loaded()).collect();
    in_parallel(&jobs, |(zone, key)| {
        let path = zone_file(directory, zone);
        match key {
            Some(key) => key.sign(zone, &path),
            None => Ok(fs::write(path, zone.to_file())?),
        }
    })?;
    let root = zones.iter().zip(keys).find(|(zone, _)| zone.apex.is_empty()).and_then(|(_, key)| key);
    Ok(root.ok_or("the root has no key")?.dnskey)
}

/// Where BIND finds a zone.
pub(crate) fn zone_file(directory: &Path, zone: &Zone) -> PathBuf {
    directory.join(format!("{}.zone", zone.file_stem()))
}

struct Key {
    file: PathBuf,
    dnskey: String,
    /// The data of the DS record that the parent has.
    ds: String,
}

impl Key {
    /// Makes one key that signs keys and records alike.
    fn generate(zone: &Zone, directory: &Path) -> Result<Self> {
        let origin = zone.origin();
        let stem = output(
            Command::new("dnssec-keygen")
                .args(["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-n", "ZONE", "-K"])
                .arg(directory)
                .arg(&origin),
        )?;
        let file = directory.join(format!("{}.key", stem.trim()));
        let dnskey = fs::read_to_string(&file)?.lines().filter(|line| !line.starts_with(';')).collect();
        let ds = output(Command::new("dnssec-dsfromkey").arg("-2").arg(&file))?;
        let (_, ds) = ds.trim().split_once(" DS ").ok_or_else(|| format!("dnssec-dsfromkey said {ds:?}"))?;
        let ds = ds.to_owned();
        Ok(Self { file, dnskey, ds })
    }

    fn sign(&self, zone: &Zone, path: &Path) -> Result<()> {
        let unsigned = path.with_extension("unsigned");
        fs::write(&unsigned, format!("{}{}\n", zone.to_file(), self.dnskey))?;
        let mut command = Command::new("dnssec-signzone");
        // -z: the one key signs everything. -P: no check afterwards, which would stop at past dates.
        command.args(["-q", "-z", "-P", "-o", &zone.origin(), "-f"]).arg(path);
        if zone.signing == Signing::Expired {
            command.args(["-s", "20200101000000", "-e", "20200131000000"]);
        }
        output(command.arg(&unsigned).arg(&self.file).current_dir(path.parent().unwrap_or(Path::new("."))))?;
        if let Signing::Forged(from, to) = zone.signing {
            let signed = fs::read_to_string(path)?;
            let forged = signed.replace(from, to);
            if forged == signed {
                return Err(format!("{}: nothing to forge, {from} is not in the zone", zone.apex).into());
            }
            fs::write(path, forged)?;
        }
        Ok(())
    }
}

/// Maps all items at once; most of the work is waiting for other processes.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Result<R> + Sync) -> Result<Vec<R>> {
    thread::scope(|scope| {
        let threads: Vec<_> = items.iter().map(|item| scope.spawn(|| work(item))).collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "a signing thread panicked")?).collect()
    })
}
