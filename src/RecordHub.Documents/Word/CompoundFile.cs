using System.Text;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Word;

/// <summary>OLE2 compound files ([MS-CFB]): the house of Word 97-2003 files and of encrypted Open XML.</summary>
internal static class CompoundFile
{
    private static readonly byte[] s_encryptedPackage = Encoding.Unicode.GetBytes("EncryptedPackage");
    private static readonly byte[] s_wordDocument = Encoding.Unicode.GetBytes("WordDocument");

    public static bool Is(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    public static bool HoldsEncryptedPackage(ReadOnlySpan<byte> content) => content.IndexOf(s_encryptedPackage) >= 0;

    public static bool HoldsWord(ReadOnlySpan<byte> content) => content.IndexOf(s_wordDocument) >= 0;

    public static DocumentException Judge(ReadOnlySpan<byte> content) => new(
        HoldsEncryptedPackage(content)
            ? new DocumentOutcome.Encrypted("the Word document needs a password; send a copy without one")
            : new DocumentOutcome.Unsupported(
                "An OLE2 file (Word 97-2003 or another old Office format) is kept but its text is not read; save it as DOCX or PDF and send that too."));
}
