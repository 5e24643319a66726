using System.Text;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Mail;

/// <summary>The header fields of a message or of one of its parts (RFC 5322 §2.2, RFC 2045), as far as they are asked for.</summary>
internal sealed class MailHeader
{
    private const int MostBytes = 256 * 1024;
    private const int MostFields = 1_000;

    private readonly List<(string Name, string Value)> _fields = [];

    /// <summary>The fields at the beginning of an entity, and where its body begins.</summary>
    public static MailHeader Read(ReadOnlySpan<byte> entity, out int body)
    {
        MailHeader header = new();
        int at = 0;
        StringBuilder value = new();
        string? name = null;
        while (at < entity.Length && at < MostBytes && header._fields.Count < MostFields)
        {
            int end = entity[at..].IndexOf((byte)'\n');
            int next = end < 0 ? entity.Length : at + end + 1;
            string line = EntryNames.Decode(entity[at..next].TrimEnd("\r\n"u8));
            if (line.Length == 0)
            {
                at = next;
                break;
            }

            if (line[0] is ' ' or '\t')
            {
                value.Append(' ').Append(line.AsSpan().Trim());
            }
            else
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon < 1)
                {
                    break;
                }

                header.Add(name, value);
                name = line[..colon].Trim();
                value.Append(line.AsSpan(colon + 1).Trim());
            }

            at = next;
        }

        header.Add(name, value);
        body = at;
        return header;
    }

    /// <summary>The first field of that name, as it is written; null when there is none.</summary>
    public string? Find(string name) =>
        _fields.Find(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The same in words.</summary>
    public string? Words(string name) => Find(name) is { Length: > 0 } value ? MailWords.Decode(value) : null;

    private void Add(string? name, StringBuilder value)
    {
        if (name is not null)
        {
            _fields.Add((name, value.ToString()));
        }

        value.Clear();
    }
}
