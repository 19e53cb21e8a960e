//! What was seen in the pickles of a file.

use std::collections::HashSet;
use std::rc::Rc;

use serde::Serialize;

use super::globals::{self, Risk};
use super::number::Doubt;
use super::tensors::Tensors;
use super::value::Name;
use crate::limits;
use crate::scan::{Scan, cut};
use crate::{Code, Severity};

/// Something that a pickle imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Global {
    /// The module.
    pub module: String,
    /// What of it; empty for the module itself. With dots, an attribute of an attribute.
    pub name: String,
    /// How serious it is.
    pub risk: Risk,
}

/// What was seen, told only once it is sure that this is a pickle.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) globals: Vec<Global>,
    names: HashSet<Name>,
    told: Vec<(Code, String, u64)>,
    /// How many of these are dangerous, and how many are not.
    dangers: usize,
    others: usize,
    /// Whether more was imported than is told apart.
    overflowed: bool,
    /// How many calls of what is imported.
    pub(super) calls: u64,
    /// The tensors of PyTorch that are referred to.
    pub(super) tensors: Tensors,
    pub(super) highest: u8,
    /// Whether a line stood there that Python does not write.
    pub(super) doubtful: bool,
    pub(super) joblib: bool,
}

impl Seen {
    pub(super) fn protocol(&mut self, protocol: u8, at: u64) {
        if protocol > 5 {
            // Not every reader cares.
            self.tell(Code::BrokenFile, format!("there is no protocol {protocol}"), at);
        }
        self.highest = self.highest.max(protocol);
    }

    /// Whether something dangerous was seen.
    pub(super) fn is_dangerous(&self) -> bool {
        self.dangers > 0
    }

    pub(super) fn tell(&mut self, code: Code, message: impl Into<String>, at: u64) {
        let dangerous = code.severity() == Severity::Dangerous;
        let told = if dangerous { &mut self.dangers } else { &mut self.others };
        // The scan keeps a hundred of each severity.
        if *told < limits::GLOBALS * 2 {
            *told += 1;
            self.told.push((code, message.into(), at));
        }
    }

    pub(super) fn global(&mut self, name: &Rc<Name>, at: u64) {
        if self.names.contains(name.as_ref()) {
            return;
        }
        let risk = globals::risk(&name.module, &name.name);
        if self.names.len() >= limits::GLOBALS {
            if !std::mem::replace(&mut self.overflowed, true) {
                self.tell(Code::TooMuch, "imports more than is told apart", at);
            }
            if risk == Risk::Dangerous {
                self.tell(Code::DangerousGlobal, says(name), at);
            }
            return;
        }
        self.names.insert(name.as_ref().clone());
        let code = match risk {
            Risk::Harmless => None,
            Risk::Unknown => Some(Code::UnknownGlobal),
            Risk::Suspicious => Some(Code::SuspiciousGlobal),
            Risk::Dangerous => Some(Code::DangerousGlobal),
        };
        if let Some(code) = code {
            self.tell(code, says(name), at);
        }
        self.globals.push(Global { module: name.module.clone(), name: name.name.clone(), risk });
    }

    pub(super) fn changed(&mut self, name: &Name, at: u64) {
        self.tell(Code::ChangedGlobal, format!("changes `{}`", path(name)), at);
    }

    pub(super) fn computed_call(&mut self, name: &Name, at: u64) {
        self.tell(Code::ComputedGlobal, format!("calls what a call of `{}` returned", path(name)), at);
    }

    /// What a line holds; something else where that is doubtful.
    pub(super) fn sure<T>(&mut self, read: Result<T, Doubt>, otherwise: T) -> T {
        self.doubtful |= read.is_err();
        read.unwrap_or(otherwise)
    }

    /// Whether something stands here that no text holds by chance: a name that is known, and can be one.
    pub(super) fn is_telling(&self) -> bool {
        self.globals.iter().any(|global| global.risk != Risk::Unknown && can_be(global))
    }

    /// Whether all that is imported has names that can be some.
    pub(super) fn is_plausible(&self) -> bool {
        self.globals.iter().all(can_be)
    }

    /// How much was told so far.
    pub(super) fn told(&self) -> usize {
        self.told.len()
    }

    /// Takes back what was told since, of what turned out to be no pickle.
    pub(super) fn forget_since(&mut self, told: usize) {
        self.told.truncate(told);
    }

    pub(super) fn report(&mut self, scan: &mut Scan) {
        for (code, message, at) in self.told.drain(..) {
            scan.tell_at(code, message, at);
        }
    }
}

fn can_be(global: &Global) -> bool {
    let is_name = |name: &str| name.chars().all(|char| char.is_alphanumeric() || "_.".contains(char));
    is_name(&global.module) && is_name(&global.name)
}

fn path(name: &Name) -> String {
    let path = if name.name.is_empty() { name.module.clone() } else { format!("{}.{}", name.module, name.name) };
    cut(path, limits::NAME)
}

fn says(name: &Name) -> String {
    format!("imports `{}`", path(name))
}
