using RecordHub.Core.Access;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Remembers cases, their patients, and whose identifier is whose.</summary>
public interface ICaseStore
{
    /// <summary>Takes the next case number; a number once taken is never given again.</summary>
    Task<CaseNumber> TakeNumberAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Commits the case, its patient (once per patient id), the patient's identifiers and the case's resources.
    /// False when one of the identifiers belongs to another patient already. Records that could be this patient's are put in
    /// the outbox: those that are in no case, and those that came into another patient's open case by name and birth date
    /// alone.
    /// </summary>
    Task<bool> CreateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken);

    /// <summary>The case; null when there is none within the scope.</summary>
    Task<CaseFile?> FindAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>Cases within the scope in ascending order of number, after the given one.</summary>
    Task<IReadOnlyList<CaseFile>> ListAsync(
        CaseNumber after, int count, AccessScope scope, CancellationToken cancellationToken);

    /// <summary>Cases, open and closed, of every patient of the tenant that one of the identifiers is linked to.</summary>
    Task<IReadOnlyList<CaseFile>> FindByIdentifiersAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Cases, open and closed, of the tenant's patients that have one of the keys (<see cref="PatientMatch.KeysOf"/>), those
    /// with most of them first.
    /// </summary>
    Task<IReadOnlyList<CaseFile>> FindByKeysAsync(
        IReadOnlyList<string> keys, int count, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>The tenant's patient that an identifier is linked to; null when it is linked to none.</summary>
    Task<CasePatient?> FindPatientAsync(PatientIdentifier identifier, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>The patient of this id; null when there is none.</summary>
    Task<CasePatient?> FindPatientAsync(string id, CancellationToken cancellationToken);

    /// <summary>Links of these identifiers that a person took back, each with who did.</summary>
    Task<IReadOnlyList<IdentifierLink>> FindTakenBackAsync(
        IReadOnlyList<PatientIdentifier> identifiers, Tenant tenant, CancellationToken cancellationToken);

    /// <summary>Saves a changed case with its changed resources. False when it is no longer at <c>file.Revision</c>.</summary>
    Task<bool> UpdateAsync(
        CaseFile file, IReadOnlyList<StoredResource> resources, CancellationToken cancellationToken);
}
