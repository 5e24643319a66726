using RecordHub.Core.Access;

namespace RecordHub.Core.Cases;

/// <summary>A case as the database keeps it; its FHIR resources (ServiceRequest, Task) are made of it.</summary>
public sealed record CaseFile
{
    /// <summary>Its number.</summary>
    public required CaseNumber Number { get; init; }

    /// <summary>Whose case it is, among those who share the installation.</summary>
    public Tenant Tenant { get; init; }

    /// <summary>The checklist that applies: <c>oncology</c>, <c>neurology</c>, <c>cardiology</c>, <c>paediatrics</c>.</summary>
    public required string Specialty { get; init; }

    /// <summary>The state of the coordination Task, a code of <see cref="CaseStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Whose case it is.</summary>
    public required CasePatient Patient { get; init; }

    /// <summary>The questions for the specialist.</summary>
    public required string Question { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it is in its state.</summary>
    public DateTimeOffset StatusSince { get; init; }

    /// <summary>Counts the changes of the row.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Whether records may still be filed to it.</summary>
    public bool IsOpen => !CaseStatus.IsClosed(Status);

    /// <summary>The type only: the members name a patient.</summary>
    public override string ToString() => nameof(CaseFile);
}
