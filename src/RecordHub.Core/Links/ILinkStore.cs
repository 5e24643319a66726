using RecordHub.Core.Intake;

namespace RecordHub.Core.Links;

/// <summary>Remembers what speaks for links between identifiers and patients, and what people decided on them.</summary>
public interface ILinkStore
{
    /// <summary>A patient's links, those that were taken back too, ordered by issuer and value.</summary>
    Task<IReadOnlyList<KnownLink>> ListAsync(string patientId, CancellationToken cancellationToken);

    /// <summary>
    /// Records the decision, and removes the link, or enters again one that the case itself had named. All items with a
    /// record that carries the identifier go back in the outbox, in the same commit. Null when there is no such link to
    /// take back, or none that was taken back.
    /// </summary>
    Task<IReadOnlyList<ItemId>?> DecideAsync(LinkDecision decision, CancellationToken cancellationToken);
}
