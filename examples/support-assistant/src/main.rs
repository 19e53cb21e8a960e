//! The frame of a support assistant, and the card that describes it.

#![forbid(unsafe_code)]

mod card;

fn main() {
    println!("Every conversation begins with: {}", card::SYSTEM_PROMPT);
    if let Some(contact) = &card::CARD.model_details.contact {
        println!("Problems are reported to: {contact}");
    }
    // The report is a part of the program: `support-assistant > card.json` hands it to anybody.
    println!("{}", include_str!(env!("SMCARD_REPORT")));
    println!("Its security model card: {}", env!("SMCARD_REPORT"));
}

#[cfg(test)]
mod tests {
    use smcard::{ExtensionValue, SecurityCard};

    use super::card::CARD;

    #[test]
    fn the_report_that_the_program_carries_is_the_card() {
        assert_eq!(include_str!(env!("SMCARD_REPORT")), CARD.to_json());
        assert_eq!(SecurityCard::from_json(include_str!(env!("SMCARD_REPORT"))).ok().as_ref(), Some(&CARD));
    }

    #[test]
    fn the_card_says_where_data_is_stored() {
        let residency = CARD.extensions.get("harbour.data_residency");
        assert_eq!(residency, Some(&ExtensionValue::Text(smcard::Text::new("EU"))));
    }
}
