#pragma warning disable CS9113 // signatures first
using RecordHub.Core.Checklists;

namespace RecordHub.Core.Cases;

/// <summary>Opens cases and tells what is in them.</summary>
public sealed class CaseDesk(ICaseStore cases, CaseContentReader reader, ChecklistSet checklists, TimeProvider time)
{
    /// <summary>Opens a case, ready to take records.</summary>
    public Task<CaseCreation> CreateAsync(NewCase asked, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>All cases in ascending order of number.</summary>
    public Task<IReadOnlyList<CaseFile>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The case at a glance; null when there is none of this number.</summary>
    public Task<CaseView?> ShowAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>What is here and what is missing; null when there is no case of this number.</summary>
    public Task<ChecklistReport?> MissingAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>The letter that asks for what is missing; null when there is no case of this number.</summary>
    public Task<string?> LetterAsync(CaseNumber number, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
