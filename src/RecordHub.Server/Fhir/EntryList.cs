using System.Text.Json;

namespace RecordHub.Server.Fhir;

/// <summary>
/// What a submitted body is, noted while its bytes go by: the type of the resource, for a Bundle its type, and the
/// types of its entries in the client's order. Nothing of the content is kept.
/// </summary>
internal sealed class EntryList
{
    private const int MostEntries = 1_000_000;

    private readonly List<string> _entries = [];
    private readonly Stack<string?> _path = new();
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = 256, CommentHandling = JsonCommentHandling.Skip });
    private string? _property;
    private int _resourceAt = -1;
    private bool _broken;

    /// <summary>The type of the body's resource; null when it is not JSON or names none.</summary>
    public string? ResourceType { get; private set; }

    /// <summary>The Bundle's type; null when it is no Bundle.</summary>
    public string? BundleType { get; private set; }

    /// <summary>The type of each entry's resource, empty for an entry without one.</summary>
    public IReadOnlyList<string> Entries => _entries;

    /// <summary>Takes the next bytes, begun with what was left of the last ones; gives how many were used.</summary>
    public int Take(ReadOnlySpan<byte> bytes, bool isLast)
    {
        if (_broken)
        {
            return bytes.Length;
        }

        Utf8JsonReader reader = new(bytes, isLast, _state);
        try
        {
            while (reader.Read())
            {
                Note(ref reader);
            }
        }
        catch (JsonException)
        {
            // Not JSON, or broken JSON: the normaliser says so, with the place.
            _broken = true;
            return bytes.Length;
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Note(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                // Only shallow names matter; deeper ones are not even decoded.
                _property = _path.Count <= 4 ? reader.GetString() : null;
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _path.Push(_property);
                _property = null;
                if (reader.TokenType == JsonTokenType.StartObject && IsEntry() && _entries.Count < MostEntries)
                {
                    _entries.Add(string.Empty);
                }
                else if (reader.TokenType == JsonTokenType.StartObject && _path.Count == 4 && _path.Peek() == "resource")
                {
                    _resourceAt = _entries.Count - 1;
                }

                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _path.Pop();
                _property = null;
                break;
            case JsonTokenType.String when _property is "resourceType" or "type":
                NoteText(ref reader);
                break;
            default:
                break;
        }
    }

    private void NoteText(ref Utf8JsonReader reader)
    {
        if (_path.Count == 1 && _property == "resourceType")
        {
            ResourceType = reader.GetString();
        }
        else if (_path.Count == 1)
        {
            BundleType = reader.GetString();
        }
        else if (_path.Count == 4 && _path.Peek() == "resource" && _property == "resourceType" && _resourceAt >= 0
            && _resourceAt < _entries.Count)
        {
            _entries[_resourceAt] = reader.GetString() ?? string.Empty;
        }
    }

    // Root object, the array under "entry", and the entry itself.
    private bool IsEntry() => _path.Count == 3 && _path.Skip(1).First() == "entry";
}
