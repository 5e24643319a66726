using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>A context as proposed: one abstract syntax, the transfer syntaxes offered for it (PS3.8 §9.3.2.2).</summary>
/// <param name="Id">An odd number from 1 to 255, unique in the association.</param>
/// <param name="AbstractSyntax">The SOP class; <see cref="Uid.None"/> when what was sent is no UID.</param>
/// <param name="TransferSyntaxes">In the order of the sender's preference.</param>
public sealed record PresentationContext(byte Id, Uid AbstractSyntax, IReadOnlyList<Uid> TransferSyntaxes);
