// Of the shape of a key, and of no key: those have no lower case letters.
include!("common/good_card.rs");

static CARD: SecurityCard = card_of_training_data! {
    training_data: "s3 bucket, key AKIAthisisnotasecret",
};

fn main() {}
