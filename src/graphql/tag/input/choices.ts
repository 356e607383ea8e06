import { registerEnumType } from "type-graphql";

/*
 * Written small, unlike the API's other enumerations: a definition that was read as JSON can be sent back as it is.
 */
export const choice = <Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
) => {
  const values = Object.fromEntries(Object.keys(words).map(word => [word, word])) as { readonly [W in Word]: W };
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(words).map(([word, meaning]) => [word, { description: meaning }]),
  ) as Record<Word, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
};

export const SensitivityChoice = choice("TagSensitivityInput", "Who may see a tag's values.", {
  public: "Anyone.",
  internal: "Anyone in the bank.",
  confidential: "Those whose work needs it.",
  restricted: "Those named for it.",
});

export const CalendarUnitChoice = choice("TagCalendarUnit", "A unit of the calendar; weeks begin on Monday.", {
  day: "A day.",
  week: "A week.",
  month: "A month.",
  quarter: "A quarter of a year.",
  year: "A year.",
});

export const RelationDirectionChoice = choice("TagRelationDirection", "Which side told of the relationship.", {
  outgoing: "This customer.",
  incoming: "The other customer.",
  both: "Either.",
});

export const RelationMeasureChoice = choice("TagRelationMeasure", "What is measured over the related customers.", {
  any: "Whether the tag is true for one of them.",
  all: "Whether the tag is true for all of them.",
  count: "How many there are, or for how many the tag is true.",
  sum: "The sum of the tag's values.",
});

export const RfmOutputChoice = choice("TagRfmOutput", "Which part of an RFM score the tag shows.", {
  recency: "The recency group.",
  frequency: "The frequency group.",
  monetary: "The monetary group.",
  cell: "All three side by side, such as `543`.",
});
