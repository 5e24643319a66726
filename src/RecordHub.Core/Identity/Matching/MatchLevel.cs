namespace RecordHub.Core.Identity.Matching;

/// <summary>How far a field agrees. Which levels a field has, the weights file says.</summary>
public enum MatchLevel
{
    /// <summary>At least one side does not say: it speaks neither for nor against.</summary>
    Unsaid,

    /// <summary>The same.</summary>
    Exact,

    /// <summary>The same after family and given name, or day and month, are exchanged.</summary>
    Swapped,

    /// <summary>The same up to the length at which the longer one was cut.</summary>
    Cut,

    /// <summary>A usual short form of the other.</summary>
    ShortForm,

    /// <summary>One of several words is the same.</summary>
    Part,

    /// <summary>Another romanisation.</summary>
    Romanised,

    /// <summary>What typing makes of it and naming does not: two neighbours exchanged, or a letter inside a long name left out.</summary>
    Slip,

    /// <summary>A letter off.</summary>
    Close,

    /// <summary>The initial agrees; more is not said.</summary>
    Initial,

    /// <summary>Year and month agree; the day is not said.</summary>
    YearAndMonth,

    /// <summary>The year agrees; more is not said.</summary>
    Year,

    /// <summary>One digit of one component differs.</summary>
    OneDigit,

    /// <summary>One component differs.</summary>
    OneComponent,

    /// <summary>The same but for leading zeros and separators.</summary>
    Padded,

    /// <summary>The same district.</summary>
    Area,

    /// <summary>Another one.</summary>
    Different,
}
