//! The system: what the model is part of, and what it is made of.
//!
//! The parts are those that threat models are made of, as in the Open Threat Model format
//! (<https://github.com/iriusrisk/OpenThreatModel>) and the threat-model part of CycloneDX 2.0:
//! components, trust zones and the flows between them. What must be said of oversight, monitoring
//! and change is what the EU AI Act, annex IV, asks of a technical documentation; the assets of an
//! AI system are those of the OWASP AI Exchange (<https://owaspai.org>).

use crate::list::List;
use crate::part::{block, choice};
use crate::text::Text;

block! {
    /// What the model is part of: its components, who can reach them, and who watches over them.
    System {
        /// What the system does, from its input to what happens with its output.
        ///
        /// No threat makes sense without knowing what happens with the output.
        optional description: Option<Text<'a>>,
        /// Who can reach the system.
        ///
        /// It is the first thing that decides how likely an attack is.
        optional exposure: Option<Exposure>,
        /// The trust zones in which its components run.
        ///
        /// What comes out of an untrusted zone is what an adversary controls.
        optional zones: List<'a, Zone<'a>>,
        /// What the system consists of: models, data, tools, services, clients.
        ///
        /// What is not listed cannot be attacked on paper, and will be in operation.
        optional components: List<'a, Component<'a>>,
        /// What data goes from one component to another.
        ///
        /// A flow out of a zone of less trust is where an adversary gets in.
        optional flows: List<'a, Flow<'a>>,
        /// Who can watch, override or stop the system, and how (EU AI Act, article 14).
        ///
        /// It is what is left when the model is wrong.
        optional human_oversight: Option<Text<'a>>,
        /// Who may use, change and administer the system, and how that is enforced.
        ///
        /// Whoever can change the model or its prompt needs no other attack.
        optional access_control: Option<Text<'a>>,
        /// What is logged and watched in operation, and who is alerted.
        ///
        /// An attack that nobody notices goes on.
        optional monitoring: Option<Text<'a>>,
        /// What happens when something goes wrong, and who does it.
        ///
        /// It decides how long an attack does harm.
        optional incident_response: Option<Text<'a>>,
        /// How a change to model, data, prompt or configuration is reviewed, released and undone.
        ///
        /// A new model, prompt or dataset gets in the same way as a tampered one.
        optional change_management: Option<Text<'a>>,
        /// What is taken for granted: the card does not hold where one of these is false.
        optional assumptions: List<'a, Text<'a>>,
        /// The URL of a diagram of the system.
        optional diagram: Option<Text<'a>> as Url,
    }
}

choice! {
    /// Who can reach a system.
    Exposure {
        /// People and systems of the organization.
        Internal,
        /// Chosen people and systems of other organizations as well.
        Partner,
        /// Anybody.
        Public,
    }
}

block! {
    /// A trust zone: whoever is in it can do the same to what runs there.
    Zone {
        /// What the card calls it: `plant-network`.
        required(answer) id: Option<Text<'a>> as Id,
        /// How far what comes from there can be trusted.
        ///
        /// It decides which flows cross a boundary, and need a threat.
        required trust: Option<Trust>,
        /// Who and what is in it, and what keeps others out.
        optional description: Option<Text<'a>>,
    }
}

choice! {
    /// How far what comes from a zone can be trusted.
    Trust {
        /// Not at all: anybody can send anything from there.
        Untrusted,
        /// As far as an agreement with another organization goes.
        Partner,
        /// As far as the organization's own people and systems.
        Internal,
        /// Fully: it can change the system itself.
        Privileged,
    }
}

block! {
    /// Something that the system consists of.
    Component {
        /// What the card calls it: `gate-controller`.
        required(answer) id: Option<Text<'a>> as Id,
        /// What kind of component it is.
        required kind: Option<ComponentKind>,
        /// Its name, as its supplier or a registry spells it.
        optional name: Option<Text<'a>>,
        /// Its version: a number, a tag or a revision.
        optional version: Option<Text<'a>>,
        /// Who made it, if somebody else did.
        ///
        /// What somebody else makes, somebody else can change.
        optional supplier: Option<Text<'a>>,
        /// Its licence: an SPDX expression, or the full name of an SPDX licence.
        optional license: Option<Text<'a>> as License,
        /// Where it comes from, or where it is described.
        optional url: Option<Text<'a>> as Url,
        /// Its package URL, such as `pkg:huggingface/microsoft/resnet-50@34c2154`.
        optional purl: Option<Text<'a>> as Purl,
        /// Its architecture, as its files name it: `llama`.
        ///
        /// An attack that works on one model of an architecture often works on others.
        optional architecture: Option<Text<'a>>,
        /// How many parameters it has: 7,000,000,000.
        ///
        /// Its files hold about as many, or are those of another model.
        optional parameters: Option<u64>,
        /// The zone in which it runs, by its id.
        ///
        /// Who shares a zone with a component can reach it.
        optional zone: Option<Text<'a>> as Zone,
        /// How sensitive the data is that it holds.
        ///
        /// It says what a leak would disclose.
        optional sensitivity: Option<Sensitivity>,
        /// Whether the model may use it; of a tool.
        ///
        /// Whoever steers the model steers the tools that it may use by itself.
        optional permission: Option<Permission>,
        /// What it does in the system.
        optional description: Option<Text<'a>>,
        /// The files that it consists of.
        ///
        /// With their digests, they say exactly what was reviewed.
        optional files: List<'a, File<'a>>,
    }
}

choice! {
    /// What kind of component of an AI system something is.
    ComponentKind {
        /// The model that the card is about, or another one beside it.
        Model,
        /// A model that somebody trained before, on which another one builds.
        BaseModel,
        /// Weights on top of a base model, such as LoRA.
        Adapter,
        /// What checks or filters the input or the output of a model.
        Guardrail,
        /// Data for training, tuning or evaluation.
        Dataset,
        /// A system prompt or a prompt template.
        Prompt,
        /// Software that the system is built with.
        Library,
        /// Software that answers over a network.
        Service,
        /// What data is kept in and read from: a database, a vector index, a memory.
        DataStore,
        /// What a model can call to act on the world.
        Tool,
        /// The person or program that uses the system, or a device that feeds it.
        Client,
    }
}

choice! {
    /// How sensitive data is.
    Sensitivity {
        /// Anybody may have it.
        Public,
        /// Anybody in the organization may have it.
        Internal,
        /// Only those who need it may have it.
        Confidential,
        /// Only named people may have it: disclosure does serious harm.
        Restricted,
    }
}

choice! {
    /// Whether a model may use a tool.
    Permission {
        /// By itself.
        Allowed,
        /// Once a person has approved the single use.
        NeedsApproval,
        /// Not at all.
        Denied,
    }
}

block! {
    /// A file of a component.
    File {
        /// Where it is, from the folder of the package: `models/detector.safetensors`.
        required(answer) path: Option<Text<'a>> as Path,
        /// Its SHA-256 digest (FIPS 180-4), as 64 hexadecimal digits.
        optional(answer) sha256: Option<Text<'a>> as Sha256,
    }
}

block! {
    /// Data that goes from one component to another.
    Flow {
        /// What the card calls it: `camera-images`.
        required(answer) id: Option<Text<'a>> as Id,
        /// The component that sends, by its id.
        required(answer) from: Option<Text<'a>> as Component,
        /// The component that receives, by its id.
        required(answer) to: Option<Text<'a>> as Component,
        /// What is sent.
        optional data: Option<Text<'a>>,
        /// How the receiver knows who sends.
        ///
        /// Without it, anybody who reaches the receiver is the sender.
        optional authentication: Option<Text<'a>>,
        /// Whether it is encrypted on the way.
        ///
        /// What is not, can be read and changed on the way.
        optional encrypted: Option<bool>,
    }
}
