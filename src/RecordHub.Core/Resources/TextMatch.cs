namespace RecordHub.Core.Resources;

/// <summary>How folded text matches (R4 search.html §string).</summary>
public enum TextMatch
{
    StartsWith,
    Exact,
    Contains,
}
