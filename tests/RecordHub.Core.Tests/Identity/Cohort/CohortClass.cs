namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>What is particular about a record of the cohort.</summary>
internal enum CohortClass
{
    AsKnown,
    OtherWriting,
    TypingError,
    NameComponentsSwapped,
    ShortForm,
    MarriedOrHyphenated,
    CutAt64Characters,
    OtherScript,
    IdeographicGroup,
    DayAndMonthSwapped,
    BirthDateDigit,
    BirthDateMissing,
    SexMissing,
    IssuerMissing,
    Placeholder,
    Anonymised,
    Twin,
    TwinALetterOff,
    Sibling,
    ParentOfTheSameName,
    NamesakeBornTheSameDay,
    Namesake,
    RomanisedAlike,
    SameNumberAtAnotherSite,
    ReusedNumber,
    SecondPatientOfADisc,
}
