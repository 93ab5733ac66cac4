//! Links, fragments and images of the rendered site: one rule a file.

use crate::base::Rule;

/// The family, in order of code. They look at the site, not at the model, so they are no [`Check`](super::Check)s.
pub(crate) static RULES: &[&Rule] = &[];
