namespace RecordHub.Core.Normalization;

/// <summary>The words by which drafts refer to what is only known once a record has found its case.</summary>
public static class Placeholder
{
    /// <summary>What every placeholder begins with.</summary>
    public const string Prefix = "urn:recordhub:";

    /// <summary>The case's patient.</summary>
    public const string Patient = Prefix + "patient";

    /// <summary>The draft with this key.</summary>
    public static string For(string key) => Prefix + key;
}
