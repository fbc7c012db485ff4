"""The demonstration's people and addresses, as the tests name them."""

PASSWORD = "une phrase de passe pour les essais"

# Role in the tests → address of the log-in that `essaim demo` prints.
PEOPLE = {
    "officer": "chargee.de.mission@demo.essaim.example",
    "researcher": "recherche@demo.essaim.example",
    "host": "structure@demo.essaim.example",
    "visitor": "visite@demo.essaim.example",
    "administrator": "administration@demo.essaim.example",
}

SIGN_IN = "/connexion"
# A visit that the visitor of the demonstration takes part in.
NOTEBOOK = "/programmes/territoires-en-action/visites/caen/carnet"
BLOCKS = "/api/v1/blocs"

# What the crash test reads in the database once the server has stopped.
DATABASE = "essaim.sqlite"
BLOCK_TEXTS = "SELECT block_id, text FROM note_version"
