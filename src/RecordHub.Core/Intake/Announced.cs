using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Core.Intake;

/// <summary>What a sender says of the one instance that comes, before it comes; another is refused.</summary>
/// <param name="Instance">The instance that it names; null when it names none.</param>
/// <param name="Study">The study that it names; none when it names none.</param>
internal readonly record struct Announced(SopReference? Instance, Uid Study);
