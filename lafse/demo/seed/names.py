"""Invented people. No surname here belongs to a family that we know of; addresses are example.org's and telephone
numbers those that Ofcom keeps for drama, of which there are a thousand."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES: tuple[str, ...] = _words(
    """Abena Adaeze Agnieszka Aisha Alasdair Alun Amara Amir Anjali Anneke Arun Asha Aurelia Ayo Bartosz Beatrix Bilal
    Blessing Bronwen Callum Camille Caoimhe Carys Chidi Ciara Cosmo Dafydd Dalia Danuta Darius Deepa Delphine Desmond
    Dilys Dorota Ebele Edwin Eirlys Elodie Emeka Emrys Enid Esi Ewa Farah Fergus Fflur Fionn Folake Gareth Gethin Giulia
    Grace Gwen Hadiza Halima Hamza Hari Hettie Honor Hugo Ibrahim Idris Imogen Ines Iolo Isla Ivo Jaya Joao Jocelyn
    Kamila Kavita Keziah Kofi Kwame Lata Leila Lowri Lucia Mabel Maeve Magda Malik Mared Marek Meera Mei Mirek Modupe
    Morag Nadia Nasra Nerys Niamh Nkechi Noor Nuala Obi Olwen Omar Orla Otis Padraig Parveen Petra Philippa Piotr Priya
    Quentin Rafael Rashid Renu Rhodri Rosalind Ruben Sabah Saira Samir Sanjay Selina Seren Shanice Siobhan Sipho Sunil
    Tadeusz Tamsin Tariq Temi Thandi Tomos Ursula Uzma Verity Wanjiru Winifred Yasmin Yusuf Zainab Zofia"""
)
_BEGINNINGS = _words(
    """Amble Brack Chervil Drizzle Embers Fennel Gossa Hazle Inkle Jumble Kestle Lintel Merri Nettle Oster Pebble Quill
    Russet Sorrel Thistle"""
)
_ENDINGS = _words("bourn combe croft dale fold garth hanger holt mere rigg shaw stead thwick wether wick")
SURNAMES: tuple[str, ...] = tuple(begun + ended for begun in _BEGINNINGS for ended in _ENDINGS)
MESSAGES: tuple[str, ...] = (
    "We have a spare room since our son moved out.",
    "I have worked in a nursery for ten years and would like to do more.",
    "My sister fosters and told me about it.\nI would like to hear what it is really like.",
    "I live alone. Does that matter?",
    "We rent our home. Can we foster all the same?",
    "I work four days a week, mostly from home.",
    "We have two cats and an old dog.",
    "I was in foster care myself and would like to give something back.",
    "I saw your stall at the market on Saturday.",
    "Could we begin with weekends?",
)
NOTES: tuple[str, ...] = (
    "Wants to read first. Ring again next week.",
    "Lovely long talk. Partner works shifts, so evenings are best.",
    "Asked about allowances. Sent the figures.",
    "Has a large dog: to be seen at the visit.",
    "Would like to meet a foster carer before deciding.",
    "Moving house in spring; room for two children after that.",
)
COMMENTS: tuple[str, ...] = ("Rang out.", "", "", "Will try again.", "Somebody else answered; will be back later.")
REPLIES: tuple[str, ...] = (
    "Thank you for your message. Thursday suits us well.",
    "Sorry to have missed you. Please ring after six.",
    "We are still thinking about it. Could you send something to read?",
)
