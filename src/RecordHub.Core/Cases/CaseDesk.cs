using RecordHub.Core.Access;
using RecordHub.Core.Checklists;
using RecordHub.Core.Completeness;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Opens cases and tells what is in them.</summary>
public sealed class CaseDesk(
    ICaseStore cases, IPackageStore packages, CaseContentReader reader, StudyWatch watch, ChecklistSet checklists,
    TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>
    /// Opens a case, ready to take records. A patient who is known by one of the identifiers is the same patient again;
    /// then the demographics must agree.
    /// </summary>
    public async Task<CaseCreation> CreateAsync(NewCase asked, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(asked);
        Tenant tenant = asked.Tenant ?? Tenant.Default;
        if (CaseValidation.Check(asked, checklists.Specialties, time.GetUtcNow(), out CasePatient patient) is { } refused)
        {
            return refused;
        }

        Dictionary<string, CasePatient> known = new(StringComparer.Ordinal);
        foreach (PatientIdentifier identifier in patient.Identifiers)
        {
            if (await cases.FindPatientAsync(identifier, tenant, cancellationToken) is { } other)
            {
                known[other.Id] = other;
            }
        }

        if (known.Count > 1)
        {
            return new CaseCreation.Refused(
                "The identifiers belong to different patients.", "Open the case with the identifiers of one of them.");
        }

        if (known.Values.SingleOrDefault() is { } same && !Agrees(patient, same))
        {
            return new CaseCreation.Refused(
                "An identifier belongs to a patient with another name, birth date or sex.",
                "Check the identifier and its issuer; if it is the same person, write the details as they are known.");
        }

        CaseNumber number = await cases.TakeNumberAsync(cancellationToken);
        CasePatient whose = known.Values.SingleOrDefault() is { } again
            ? WithIdentifiersOf(patient, again) : await WithIdAsync(patient, number, tenant, cancellationToken);
        CaseFile file = new()
        {
            Number = number,
            Tenant = tenant,
            Specialty = asked.Specialty.Trim().ToLowerInvariant(),
            Status = CaseStatus.Compiling,
            Patient = whose,
            Question = asked.Question.Trim(),
            CreatedAt = time.GetUtcNow(),
        };
        return await cases.CreateAsync(file, CaseResources.Of(file), cancellationToken)
            ? new CaseCreation.Created(file)
            : new CaseCreation.Refused(
                "One of the identifiers was given to another patient meanwhile.", "Look at the case list and try again.");
    }

    /// <summary>All cases within the scope in ascending order of number.</summary>
    public async Task<IReadOnlyList<CaseFile>> ListAsync(AccessScope scope, CancellationToken cancellationToken)
    {
        List<CaseFile> all = [];
        while (await cases.ListAsync(all is [.., CaseFile last] ? last.Number : default, PageSize, scope, cancellationToken)
            is { Count: > 0 } page)
        {
            all.AddRange(page);
            if (page.Count < PageSize)
            {
                break;
            }
        }

        return all;
    }

    /// <summary>The case at a glance; null when there is none of this number within the scope.</summary>
    public async Task<CaseView?> ShowAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(number, scope, cancellationToken) is not { } file)
        {
            return null;
        }

        CaseContent content = await reader.ReadAsync(file, cancellationToken);
        CaseAnalysis analysis = CaseAnalysis.Of(content);
        PackageVersion? latest = await packages.FindAsync(number, null, scope, cancellationToken);
        return new CaseView
        {
            File = file,
            ServiceRequestId = CaseResources.ServiceRequestId(number),
            TaskId = CaseResources.TaskId(number),
            Resources = new SortedDictionary<string, int>(
                content.Filed.GroupBy(one => one.Type).ToDictionary(group => group.Key, group => group.Count()),
                StringComparer.Ordinal),
            Studies = content.Instances.Select(one => one.Facts.StudyInstanceUid).Distinct(StringComparer.Ordinal).Count(),
            Instances = content.Instances.Count,
            HeldSuggestions = content.Held.Count,
            PackageVersion = latest?.Version,
            Missing = ChecklistEvaluation.Evaluate(checklists.For(file.Specialty), analysis),
            Completeness = await watch.LookAsync(analysis, cancellationToken),
        };
    }

    /// <summary>What is here and what is missing; null when there is no case of this number within the scope.</summary>
    public async Task<CaseMissing?> MissingAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(number, scope, cancellationToken) is not { } file)
        {
            return null;
        }

        CaseAnalysis analysis = CaseAnalysis.Of(await reader.ReadAsync(file, cancellationToken));
        return new CaseMissing(
            ChecklistEvaluation.Evaluate(checklists.For(file.Specialty), analysis),
            await watch.LookAsync(analysis, cancellationToken));
    }

    /// <summary>The letter that asks for what is missing; null when there is no case of this number within the scope.</summary>
    public async Task<string?> LetterAsync(CaseNumber number, AccessScope scope, CancellationToken cancellationToken) =>
        await cases.FindAsync(number, scope, cancellationToken) is { } file
            ? RequestLetter.Write(
                file,
                ChecklistEvaluation.Evaluate(checklists.For(file.Specialty), await reader.ReadAsync(file, cancellationToken)))
            : null;

    private static bool Agrees(CasePatient entered, CasePatient known)
    {
        PatientClaim claim = new()
        {
            Names = [entered.Name],
            BirthDate = entered.BirthDate,
            Sex = entered.Sex,
            Identifiers = entered.Identifiers,
        };
        IdentityMatch match = PersonMatcher.Compare(claim, known, MatchWeights.BuiltIn);
        return match.IsComplete && match.Vetoes.Count == 0;
    }

    // An id is of the identifiers that a patient had first. Where these were taken back it is that patient's still, and who has
    // the identifiers now is somebody else.
    private async Task<CasePatient> WithIdAsync(
        CasePatient patient, CaseNumber number, Tenant tenant, CancellationToken cancellationToken)
    {
        string id = PatientIdOf(patient, number, tenant);
        return await cases.FindPatientAsync(id, cancellationToken) switch
        {
            null => patient with { Id = id },
            { } same when Agrees(patient, same) => WithIdentifiersOf(patient, same),
            _ => patient with { Id = ResourceId.Of("patient", number.ToString()) },
        };
    }

    // Who is known is as known, however the name was written this time.
    private static CasePatient WithIdentifiersOf(CasePatient entered, CasePatient known) =>
        known with { Identifiers = Identifiers.Issued(known.Identifiers.Concat(entered.Identifiers)) };

    // The same identifiers in two tenants are two Patients. Ids of the default tenant say nothing of it.
    private static string PatientIdOf(CasePatient patient, CaseNumber number, Tenant tenant) => patient.Identifiers.Count == 0
        ? ResourceId.Of("patient", number.ToString())
        : ResourceId.Of([
            "patient", .. tenant == Tenant.Default ? [] : new[] { "tenant", tenant.ToString() }, .. patient.Identifiers.SelectMany(one => new[] { one.Issuer, one.Value }),
        ]);
}
