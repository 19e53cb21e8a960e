// The key is underlined, so the compiler does not print the line of the secret.
include!("common/good_card.rs");

static CARD: SecurityCard = card_of_training_data! {
    training_data:
        "s3 bucket, key AKIAthisisnotasecret",
};

fn main() {}
