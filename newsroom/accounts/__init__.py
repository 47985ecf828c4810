"""Who comes to the desk and how: passwords that are tried too often, second factors, where somebody is signed in."""
