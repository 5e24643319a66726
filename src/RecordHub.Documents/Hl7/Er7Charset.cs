using System.Text;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Hl7;

/// <summary>HL7 table 0211, as MSH-18 names it, and the names that senders use instead.</summary>
internal static class Er7Charset
{
    /// <summary>Null when nothing usable is named: then the bytes decide.</summary>
    public static Encoding? Find(string stated)
    {
        string name = stated.Trim().ToUpperInvariant().Replace('_', ' ');
        if (name.StartsWith("8859/", StringComparison.Ordinal))
        {
            return Charsets.ByName("iso-8859-" + name[5..]);
        }

        if (name.StartsWith("8859-", StringComparison.Ordinal))
        {
            return Charsets.ByName("iso-" + name);
        }

        if (name.StartsWith("UNICODE UTF-", StringComparison.Ordinal))
        {
            name = name[8..];
        }

        return name switch
        {
            "" or "ASCII" or "US-ASCII" or "ISO IR6" or "ISO IR 6" => null,
            "UTF-8" or "UTF8" or "UNICODE" or "ISO IR192" or "ISO IR 192" => Encoding.UTF8,
            // A file whose lines we could find by CR or LF bytes is not in a 16 or 32 bit form, whatever it says.
            "UTF-16" or "UTF-32" => null,
            "ISO IR14" or "ISO IR87" or "ISO IR159" or "ISO IR13" => Charsets.ByCodePage(50222),
            "GB 18030-2000" or "GB18030" => Charsets.ByCodePage(54936),
            "KS X 1001" => Charsets.ByCodePage(949),
            "BIG-5" or "BIG5" or "CNS 11643-1992" => Charsets.ByCodePage(950),
            "ISO IR100" or "ISO IR 100" => Charsets.Windows1252,
            "ISO IR101" => Charsets.ByCodePage(28592),
            "ISO IR144" => Charsets.ByCodePage(28595),
            "ISO IR127" => Charsets.ByCodePage(28596),
            "ISO IR126" => Charsets.ByCodePage(28597),
            "ISO IR138" => Charsets.ByCodePage(28598),
            "ISO IR148" => Charsets.ByCodePage(28599),
            _ => Charsets.ByName(name),
        };
    }
}
