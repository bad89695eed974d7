"""Lives of enquiries, as Hypothesis makes them up: rules by who acts, invariants, and the desk on which all stand."""
