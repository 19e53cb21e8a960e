//! The words of a card in the words of the format.

use smcard_core::tree::Node;
use smcard_core::{Risk, Trust};

use crate::document::{Object, text};

fn level<'c>(word: &'static str) -> Object<'c> {
    Object::new().with("level", text(word))
}

pub(super) fn likelihood<'c>(risk: Risk) -> Node<'c> {
    let word = match risk {
        Risk::Low => "low",
        Risk::Medium => "medium",
        Risk::High => "high",
        _ => "very-high",
    };
    level(word).node()
}

pub(super) fn impact<'c>(risk: Risk) -> Node<'c> {
    let word = match risk {
        Risk::Low => "low",
        Risk::Medium => "moderate",
        Risk::High => "major",
        _ => "catastrophic",
    };
    level(word).node()
}

pub(super) fn score<'c>(risk: Risk) -> Object<'c> {
    level(match risk {
        Risk::Low => "low",
        Risk::Medium => "medium",
        Risk::High => "high",
        _ => "critical",
    })
}

pub(super) fn trust(trust: Trust) -> &'static str {
    match trust {
        Trust::Partner => "semi-trusted",
        Trust::Internal => "trusted",
        Trust::Privileged => "highly-trusted",
        _ => "untrusted",
    }
}
