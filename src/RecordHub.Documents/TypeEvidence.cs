namespace RecordHub.Documents;

/// <summary>How we know what type a document is.</summary>
public enum TypeEvidence
{
    /// <summary>The document carries the LOINC code.</summary>
    Coded,

    /// <summary>A code of another table (HL7 table 0270) that maps to one LOINC code.</summary>
    Mapped,

    /// <summary>Its title says so in plain words.</summary>
    TitleWords,
}
