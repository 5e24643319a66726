namespace RecordHub.Core.Resources;

/// <summary>The comparison of a date search (R4 search.html §prefix).</summary>
public enum DatePrefix
{
    Equal,
    NotEqual,
    GreaterThan,
    LessThan,
    GreaterOrEqual,
    LessOrEqual,
    StartsAfter,
    EndsBefore,
    Approximately,
}
