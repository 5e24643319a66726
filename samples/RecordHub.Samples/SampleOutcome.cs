namespace RecordHub.Samples;

/// <summary>What is to become of a sample file when it is sent for its case.</summary>
public enum SampleOutcome
{
    /// <summary>It is put in the case.</summary>
    Filed,

    /// <summary>It waits for a person: it is somebody else's.</summary>
    Held,

    /// <summary>It is no record.</summary>
    Ignored,
}
