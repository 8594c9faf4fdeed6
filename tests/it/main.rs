//! Native tests over the whole: every provider file, recorded traffic, and how the house is kept.

mod files;
