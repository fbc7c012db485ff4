"""The demonstration's people and addresses, as the tests name them."""

PASSWORD = "une phrase de passe pour les essais"

# Role in the tests → address of the log-in that `essaim demo` prints.
PEOPLE = {
    "officer": "clemence.roussel@territoires.example",
    "coordinator": "nadia.benhamou@territoires.example",
    "researcher": "helene.vasseur@territoires.example",
    "host": "odile.hamelin@territoires.example",
    "visitor": "pauline.escoffier@territoires.example",
    "colleague": "idriss.kamara@territoires.example",
    "administrator": "gael.lemonnier@territoires.example",
}

SIGN_IN = "/connexion"
# A visit that the visitor of the demonstration takes part in.
NOTEBOOK = "/programmes/territoires-en-action/visites/caen/notes"
BLOCKS = "/api/v1/blocs"

# What the crash test reads in the database once the server has stopped.
DATABASE = "essaim.sqlite"
BLOCK_TEXTS = "SELECT block_id, text FROM note_version"
