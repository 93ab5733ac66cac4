//! The one integration binary; its stories lie in `suite/`.

mod suite {
    mod architecture;
    mod build;
    mod cli;
    mod contracts;
    mod dates;
    mod fixtures;
    mod hostile;
    mod judgement;
    mod markdown;
    mod output;
    mod readme;
    mod rules;
    mod site;
}
