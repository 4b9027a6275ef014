"""What can be asked of the product: load, decide in the domain, save; one transaction each."""
