pub mod congress;
