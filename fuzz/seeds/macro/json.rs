{
    "model_details": {
        "developer": "Parcel Vision Ltd",
        "date": "2026-03-14",
        "version": "2.1.0",
        "type": "Image classification",
        "information": "A convolutional network of 11 layers",
        "resource": "https://parcels.example/model",
        "citation": "Parcel Vision Ltd (2026)",
        "license": "Apache-2.0",
        "contact": "models@parcels.example"
    },
    "intended_use": {
        "primary_uses": "Sorting parcels by the damage on a photograph",
        "primary_users": "The staff of a sorting centre",
        "out_of_scope_uses": "Deciding on a claim"
    },
    "factors": {
        "relevant_factors": "Light, camera, material of the parcel",
        "evaluation_factors": "Camera and material"
    },
    "metrics": {
        "performance_measures": "Recall of damaged parcels",
        "decision_thresholds": "0.7",
        "variation_approaches": "Five folds"
    },
    "evaluation_data": {
        "datasets": "4,000 photographs of 2025",
        "motivation": "Taken by the cameras in use",
        "preprocessing": "Scaled to 256 pixels"
    },
    "training_data": "Photographs of 2019 to 2024 from three sorting centres",
    "quantitative_analyses": {
        "unitary_results": "Recall 0.93 by camera, 0.91 by material",
        "intersectional_results": "Recall 0.88 at worst"
    },
    "ethical_considerations": "No person is on the photographs",
    "caveats_and_recommendations": "Wet parcels are often missed",
    "security_considerations": {
        "threat_modeling": "Labels printed to mislead the model",
        "security_testing": "200 printed patches, 3 of which misled it"
    }
}
