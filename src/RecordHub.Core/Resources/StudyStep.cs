using RecordHub.Core.Access;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>Rebuilds what speaks for a study as a whole from all its instances. Idempotent.</summary>
public sealed class StudyStep(IInstanceStore instances, ICaseStore cases)
{
    /// <summary>Reads, builds and saves; <paramref name="generation"/> is the outbox row's as it was read.</summary>
    public async Task RunAsync(StudyKey study, long generation, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredInstance> held = await instances.ReadStudyFactsAsync(study, cancellationToken);
        StoredResource? endpoint = await cases.FindAsync(study.Case, AccessScope.All, cancellationToken) is null
            ? null
            : ImagingStudyBuilder.Endpoint(study.Case);
        StoredResource? imagingStudy = ImagingStudyBuilder.Build(study, held);
        StoredResource? provenance = imagingStudy?.PatientId is { } patient
            ? StudyProvenance.Build(study, patient, await instances.ReadDeliveriesAsync(study, cancellationToken))
            : null;
        await instances.SaveStudyAsync(
            study, new RebuiltStudy(imagingStudy, provenance, endpoint) { Instances = held.Count }, generation, cancellationToken);
    }
}
