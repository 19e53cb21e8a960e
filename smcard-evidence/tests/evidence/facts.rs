//! What a file says of the model.

use serde_json::{Value, json};

use crate::seeds::{of, seed};

fn facts(name: &str) -> Value {
    serde_json::to_value(of(&seed(name)).facts).unwrap()
}

#[test]
fn safetensors_say_how_many_parameters_of_which_type_and_their_metadata() {
    assert_eq!(
        facts("safetensors/model.safetensors"),
        json!({ "tensors": 2, "parameters": 10, "dtypes": { "F32": 6, "I64": 4 }, "metadata": { "license": "mit" } })
    );
}

#[test]
fn gguf_says_its_architecture_quantization_licence_and_templates() {
    assert_eq!(
        facts("gguf/model.gguf"),
        json!({
            "version": 3, "architecture": "llama", "name": "north", "quantization": "Q4_K_M", "tensors": 1,
            "parameters": 64, "types": { "F32": 64 }, "license": "apache-2.0",
            "chat_templates": ["tokenizer.chat_template"],
        })
    );
    assert_eq!(facts("gguf/no-template.gguf")["chat_templates"], json!([]));
}

#[test]
fn onnx_says_its_producer_operators_and_data() {
    assert_eq!(
        facts("onnx/operator.onnx"),
        json!({
            "ir_version": 10, "producer": "north", "producer_version": "1.0", "opsets": { "": 21, "com.example": 1 },
            "nodes": 1, "parameters": 2, "custom_operators": ["com.example::Thing"], "external_data": [],
        })
    );
    assert_eq!(facts("onnx/external.onnx")["external_data"], json!(["weights/w.bin"]));
}

#[test]
fn a_pickle_says_what_it_imports_and_how_serious_each_is() {
    assert_eq!(
        facts("pickle/getattr-of-module.pkl"),
        json!({
            "protocol": 0, "pickles": 1, "storages": 0,
            "globals": [
                { "module": "builtins", "name": "getattr", "risk": "dangerous" },
                { "module": "importlib", "name": "import_module", "risk": "dangerous" },
                { "module": "os", "name": "", "risk": "dangerous" },
                { "module": "os", "name": "system", "risk": "dangerous" },
            ],
        })
    );
    let model = facts("pytorch/model.pt");
    assert_eq!((&model["members"], &model["inside"][0]["name"]), (&json!(3), &json!("m/data.pkl")));
    let pickle = &model["inside"][0]["facts"];
    assert_eq!((&pickle["storages"], &pickle["globals"][0]["risk"]), (&json!(1), &json!("harmless")));
}

#[test]
fn keras_says_its_classes_and_numpy_its_type() {
    assert_eq!(facts("keras/lambda.h5")["classes"], json!({ "Dense": 1, "Lambda": 1, "Sequential": 1 }));
    assert_eq!(facts("keras/model.keras")["classes"], json!({ "Dense": 1, "Sequential": 1 }));
    let array = facts("numpy/numbers.npy");
    assert_eq!((&array["dtype"], &array["shape"]), (&json!("'<i8'"), &json!("(2, 3)")));
    assert_eq!(facts("joblib/arrays.lz4.joblib")["inside"]["format"], json!("joblib"));
}
