using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>Rebuilds the ImagingStudy of one study from all its instances. Idempotent.</summary>
public sealed class StudyStep(IInstanceStore instances, ICaseStore cases)
{
    /// <summary>Reads, builds and saves; <paramref name="generation"/> is the outbox row's as it was read.</summary>
    public async Task RunAsync(StudyKey study, long generation, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredInstance> held = await instances.ReadStudyAsync(study, cancellationToken);
        StoredResource? endpoint = await cases.FindAsync(study.Case, cancellationToken) is null
            ? null
            : ImagingStudyBuilder.Endpoint(study.Case);
        await instances.SaveStudyAsync(
            study, ImagingStudyBuilder.Build(study, held), endpoint, generation, cancellationToken);
    }
}
