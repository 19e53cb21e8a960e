//! Zip, in which PyTorch, NumPy and Keras keep what they write: every member is looked at, by its content.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io::Read;

use crate::archive::Archive;
use crate::body::{Body, Window};
use crate::broken::Broken;
use crate::facts::{Facts, Format};
use crate::input::Input;
use crate::pickle::{self, Sure};
use crate::scan::Scan;
use crate::seek_read::SeekRead;
use crate::sniff::{Kind, sniff};
use crate::{Code, keras, limits};
use directory::{Directory, Member};

mod directory;

pub(crate) fn look(file: &mut dyn SeekRead, size: u64, scan: &mut Scan) -> Facts {
    match directory::find(file, size) {
        Ok((directory, several)) => {
            if several {
                scan.tell(Code::Disagreement, "it has more than one end, so that readers may see different members");
            }
            if directory.before > 0 {
                scan.tell(Code::TwoFormats, format!("{} bytes stand before the zip", directory.before));
            }
            members(file, directory, scan)
        }
        Err(broken) => {
            scan.broken(broken, None);
            Facts::Zip(Archive::default())
        }
    }
}

/// Tells of a zip at the end of a file that is something else: readers of zip begin there.
pub(crate) fn at_the_end(file: &mut dyn SeekRead, size: u64, scan: &mut Scan) {
    let Ok((directory, _)) = directory::find(file, size) else { return };
    let begins = directory.members > 0 && directory.member(file, directory.start).is_ok();
    if begins {
        scan.tell(Code::TwoFormats, "a zip stands at its end");
        scan.within("(zip at the end)", |scan| members(file, directory, scan));
    }
}

/// What the names and the members of a zip say of it.
#[derive(Default)]
struct Signs {
    pickled: bool,
    script: bool,
    arrays: u64,
    keras: Option<keras::Keras>,
}

fn members(file: &mut dyn SeekRead, directory: Directory, scan: &mut Scan) -> Facts {
    let mut archive = Archive::default();
    let mut signs = Signs::default();
    let (mut at, mut covered) = (directory.start, 0_u64);
    let end = directory.start + directory.length;
    let hasher = RandomState::new();
    let mut names = HashSet::new();
    while at < end {
        if archive.members >= limits::MEMBERS {
            scan.tell(Code::TooMuch, format!("it has more than {} members", limits::MEMBERS));
            return signs.facts(archive);
        }
        let member = match directory.member(file, at) {
            Ok((member, next)) => {
                at = next;
                member
            }
            Err(broken) => {
                scan.broken(broken, at);
                break;
            }
        };
        if !names.insert(hasher.hash_one(&member.name)) {
            let message = format!("two members are named `{}`", crate::scan::text(&member.name));
            scan.tell(Code::Disagreement, message);
        }
        signs.name(&member.name);
        archive.look(&member.name, scan, |scan| match look_at(file, &member, &mut signs, &mut covered, scan) {
            facts @ Some(Facts::Pickle(_) | Facts::Joblib(_) | Facts::PyTorchLegacy(_)) => facts,
            // Whatever else it is, it is unpickled.
            Some(facts) if is_state(&member.name) => unpickled(file, &member, scan).or(Some(facts)),
            facts => facts,
        });
    }
    if archive.members != directory.members {
        let message =
            format!("its end claims {} members, and its directory has {}", directory.members, archive.members);
        scan.tell(Code::Disagreement, message);
    }
    let room = directory.start.saturating_sub(directory.before);
    // Behind a member may stand its sizes.
    let slack = 24 * archive.members + 64;
    if covered > room {
        scan.tell(Code::Disagreement, "its members overlap");
    } else if room - covered > slack {
        scan.tell(Code::TrailingData, format!("{} bytes of it belong to no member", room - covered));
    }
    signs.facts(archive)
}

impl Signs {
    fn name(&mut self, name: &[u8]) {
        let within = within(name);
        self.pickled |= is_state(name);
        self.script |= within == b"constants.pkl" || within.starts_with(b"code/");
    }

    fn facts(self, archive: Archive) -> Facts {
        if let Some(mut keras) = self.keras {
            keras.archive = archive;
            return Facts::Keras(keras);
        }
        match () {
            () if self.pickled && self.script => Facts::TorchScript(archive),
            () if self.pickled => Facts::PyTorch(archive),
            () if self.arrays > 0 && self.arrays == archive.members => Facts::Npz(archive),
            () => Facts::Zip(archive),
        }
    }
}

fn look_at(
    file: &mut dyn SeekRead,
    member: &Member,
    signs: &mut Signs,
    covered: &mut u64,
    scan: &mut Scan,
) -> Option<Facts> {
    let (start, differs) = match member.data(file) {
        Ok(found) => found,
        Err(broken) => {
            scan.broken(broken, None);
            return None;
        }
    };
    *covered = covered.saturating_add(start - member.header).saturating_add(member.packed);
    for differs in differs {
        scan.tell(Code::Disagreement, format!("in its own header, unlike in the directory, {differs}"));
    }
    if member.flags & (1 | 1 << 6) != 0 {
        // Looked at all the same: PyTorch ignores the mark.
        scan.tell(Code::EncryptedMember, "it is marked as encrypted");
    }
    if member.packed == 0 {
        return None;
    }
    let mut window = scan.metered(Window::new(file, start, member.packed));
    if member.method == 0 {
        if !is_special(&member.name) {
            return Some(counted(scan.look(Body::Seek(&mut window, member.packed)), signs));
        }
        return Some(special(&member.name, &mut Input::seeking(&mut window), signs, scan));
    }
    let mut reader = match decompressor(member, Input::new(&mut window)) {
        Ok(reader) => scan.unpacked(reader),
        Err(broken) => {
            scan.broken(broken, None);
            return None;
        }
    };
    let mut input = Input::new(&mut reader);
    Some(if is_special(&member.name) {
        special(&member.name, &mut input, signs, scan)
    } else {
        counted(scan.look_unpacked(&mut input), signs)
    })
}

fn counted(facts: Facts, signs: &mut Signs) -> Facts {
    signs.arrays += u64::from(facts.format() == Format::NumPy);
    facts
}

/// The name of a member without its outermost folder, which PyTorch calls as it likes.
fn within(name: &[u8]) -> &[u8] {
    name.splitn(2, |byte| *byte == b'/').last().unwrap_or(name)
}

/// Whether a name is one under which PyTorch keeps the pickle that it loads.
fn is_state(name: &[u8]) -> bool {
    within(name) == b"data.pkl"
}

fn is_special(name: &[u8]) -> bool {
    name == CONFIGURATION || is_tensor(name)
}

/// Walks a member as a pickle, whatever it begins with.
fn unpickled(file: &mut dyn SeekRead, member: &Member, scan: &mut Scan) -> Option<Facts> {
    let (start, _) = member.data(file).ok()?;
    let mut window = scan.metered(Window::new(file, start, member.packed));
    if member.method == 0 {
        return pickle::look(&mut Input::seeking(&mut window), Sure::Yes, scan);
    }
    let mut reader = scan.unpacked(decompressor(member, Input::new(&mut window)).ok()?);
    pickle::look(&mut Input::new(&mut reader), Sure::Yes, scan)
}

/// What is known by its name as well, since its content could be anything.
fn special(name: &[u8], input: &mut Input<'_>, signs: &mut Signs, scan: &mut Scan) -> Facts {
    if name == CONFIGURATION {
        signs.keras = keras::configuration(input, scan);
        return Facts::Unknown;
    }
    // A tensor that begins like a pickle is one only if it goes on like one.
    match input.peek(limits::HEAD).map(sniff) {
        Ok(Kind::Pickle) => pickle::look(input, Sure::No, scan).unwrap_or(Facts::Unknown),
        _ => Facts::Unknown,
    }
}

/// Where Keras keeps what a model is made of.
const CONFIGURATION: &[u8] = b"config.json";

/// Whether a name is one under which PyTorch keeps a tensor: numbers, which begin like anything.
fn is_tensor(name: &[u8]) -> bool {
    let mut parts = name.rsplit(|byte| *byte == b'/');
    let number = parts.next().is_some_and(|last| !last.is_empty() && last.iter().all(u8::is_ascii_digit));
    number && parts.next() == Some(b"data") && parts.next().is_some() && parts.next().is_none()
}

fn decompressor<'a>(member: &Member, mut input: Input<'a>) -> Result<Box<dyn Read + 'a>, Broken> {
    Ok(match member.method {
        8 => Box::new(flate2::bufread::DeflateDecoder::new(input)),
        12 => Box::new(bzip2::bufread::BzDecoder::new(input)),
        14 => {
            input.skip(4)?;
            let properties = input.byte()?;
            let dictionary = input.u32()?;
            if dictionary > limits::DECOMPRESSOR_KIB * 1024 {
                return Err(Broken::new(Code::TooMuch, format!("unpacking it takes {dictionary} bytes of memory")));
            }
            // Without an end of its own it has the length that the directory says.
            let length = if member.flags & 2 == 0 { member.unpacked } else { u64::MAX };
            Box::new(lzma_rust2::LzmaReader::new_with_props(input, length, properties, dictionary, None)?)
        }
        95 => Box::new(lzma_rust2::XzReader::new_mem_limit(input, false, limits::DECOMPRESSOR_KIB)),
        method => {
            let message = format!("it is compressed by method {method}, which cannot be read here");
            return Err(Broken::new(Code::UnsupportedCompression, message));
        }
    })
}
