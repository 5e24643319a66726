using RecordHub.Dicom.DataSet;

namespace RecordHub.Server.Pulling;

/// <summary>An instance that a node says it has. Prints no member: the identifier is a patient's.</summary>
/// <param name="PatientId">As the node has it; null when it does not say.</param>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Series">Series Instance UID.</param>
/// <param name="Instance">SOP Instance UID.</param>
/// <param name="SopClass">SOP Class UID; none when the node does not say.</param>
public sealed record ListedInstance(string? PatientId, string Study, string Series, Uid Instance, Uid SopClass)
{
    /// <inheritdoc />
    public override string ToString() => nameof(ListedInstance);
}
