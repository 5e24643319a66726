using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Resources;

/// <summary>A DICOM instance in a case, where its bytes are, and what the index knows of it.</summary>
public sealed record StoredInstance
{
    /// <summary>The case.</summary>
    public required CaseNumber Case { get; init; }

    /// <summary>Our Patient.</summary>
    public required string PatientId { get; init; }

    /// <summary>The record that it was read from.</summary>
    public required string RecordId { get; init; }

    /// <summary>The Part 10 file.</summary>
    public required ContentHash Blob { get; init; }

    /// <summary>Length of the Part 10 file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Which data set it is (<see cref="Intake.ReceivedItem.Content"/>).</summary>
    public required ContentHash DataSet { get; init; }

    /// <summary>What the header says.</summary>
    public required InstanceFacts Facts { get; init; }

    /// <summary>The type only: the facts name a patient.</summary>
    public override string ToString() => nameof(StoredInstance);
}
