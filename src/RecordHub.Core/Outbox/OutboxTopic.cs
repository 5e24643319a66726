namespace RecordHub.Core.Outbox;

/// <summary>What an outbox row asks for.</summary>
public enum OutboxTopic
{
    /// <summary>File the item named by the key.</summary>
    Item,

    /// <summary>Rebuild the ImagingStudy named by the key (case number, a space, Study Instance UID).</summary>
    Study,
}
