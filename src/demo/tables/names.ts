/** Names as written, and as they stand in an e-mail address where that differs. All invented combinations. */
export type GivenName = { readonly name: string; readonly ascii: string };

const named = (list: string): readonly GivenName[] =>
  list.split(" ").map(entry => {
    const [name = "", ascii = name.toLowerCase()] = entry.split("|");
    return { name, ascii };
  });

export const femaleNames = named(
  "Anna Maria Eva Julia Sofia|sofia Emma Laura Clara Elena Nina Lucia|lucia Marta Irena Hana Petra Jana Zoë|zoe Chloé|chloe Léa|lea Ines Carmen Paula Alice Nora Ida Freya Astrid Birgit Ursula Ingrid Margit Renate Monika Helena Teresa Rosa Olga Vera Katarina Milena Ivana Mei Lin Yuki Aiko Priya Amina Fatima Leila Grace Ruth Joan Alma Greta Sonja Dana",
);
export const maleNames = named(
  "Jan Peter Paul Thomas Martin Lukas Felix Jonas Leon Max Karl Otto Hans Erik Lars Nils Sven Björn|bjoern Jürgen|juergen André|andre Luc Hugo Louis Marc Pierre Marco Luca Paolo Diego Pablo José|jose Miguel Pavel Jakub Tomas Milan Ivan Petr Marek Radek Wei Jun Hiro Kenji Arjun Omar Karim Yusuf David Daniel Simon Adam Victor Oscar Emil Anton Stefan Georg Walter Bruno",
);
export const familyNames = named(
  "Novak Svoboda Dvorak Horak Kral Benes Marek Kolar Urban Fiala Müller|mueller Schmidt Weber Fischer Wagner Becker Hoffmann Koch Richter Wolf Schäfer|schaefer Bauer Krüger|krueger Lang Vogel Berger Huber Gruber Steiner Moser Martin Bernard Dubois Durand Lefèvre|lefevre Moreau Laurent Girard Roux Fontaine Rossi Russo Ferrari Bianchi Romano Greco Conti Gallo García|garcia López|lopez Sánchez|sanchez Pérez|perez Ruiz Torres Navarro Silva Santos Costa Jansen Bakker Visser Smit Mulder Nielsen Larsen Berg Lund Holm Lindqvist Kowalski Nowak Wójcik|wojcik Lewandowski Horvat Kovac Babic Popov Ivanova Petrov Chen Wang Li Tanaka Sato Patel Singh Khan Haddad Okafor Mensah Brown Evans Murphy Walsh",
);
export const tradeNames: readonly { readonly trade: string; readonly industry: string }[] = [
  { trade: "Bakery", industry: "food" },
  { trade: "Bistro", industry: "hospitality" },
  { trade: "Garage", industry: "automotive" },
  { trade: "Carpentry", industry: "construction" },
  { trade: "Salon", industry: "personal-care" },
  { trade: "Books", industry: "retail" },
  { trade: "Garden Centre", industry: "retail" },
  { trade: "Electrics", industry: "construction" },
  { trade: "Dental Practice", industry: "health" },
  { trade: "Software", industry: "technology" },
];
