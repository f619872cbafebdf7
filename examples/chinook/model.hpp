// SPDX-License-Identifier: MIT
// The music shop Chinook as C++ classes: eleven tables, ten of them classes, one an association.
// In `Column<"AlbumId", std::int64_t, PrimaryKey> id` the quoted name is the database's, the member
// the program's. What is asked of the classes stands in reports.cpp, what is done to them in
// changes.cpp.
#pragma once
#include <azoth/orm.hpp>

namespace chinook {
namespace types = azoth::types;
using azoth::Column, azoth::Table, azoth::default_metadata;
using azoth::DateTime, azoth::Decimal;
using azoth::Engine, azoth::Session, azoth::ptr;
using azoth::Entity, azoth::List;

struct Album;
struct Customer;
struct Employee;
struct Invoice;
struct InvoiceLine;
struct Playlist;
struct Track;

// --- what is sold ---

struct Artist : Entity<Artist, "Artist"> {
  Column<"ArtistId", std::int64_t, PrimaryKey> id;
  Column<"Name", std::optional<std::string>, Length<120>> name;
  Relationship<"albums", List<Album>, BackPopulates<"artist">> albums;
};

struct Album : Entity<Album, "Album"> {
  Column<"AlbumId", std::int64_t, PrimaryKey> id;
  Column<"Title", std::string, Length<160>> title;
  Column<"ArtistId", std::int64_t, ForeignKey<"Artist.ArtistId">, Indexed> artist_id;
  Relationship<"artist", Artist, BackPopulates<"albums">> artist;
  Relationship<"tracks", List<Track>, BackPopulates<"album">, OrderBy<"TrackId">> tracks;
};

struct Genre : Entity<Genre, "Genre"> {
  Column<"GenreId", std::int64_t, PrimaryKey> id;
  Column<"Name", std::optional<std::string>, Length<120>> name;
};

struct MediaType : Entity<MediaType, "MediaType"> {
  Column<"MediaTypeId", std::int64_t, PrimaryKey> id;
  Column<"Name", std::optional<std::string>, Length<120>> name;
};

/// Which tracks a playlist has. No class: the relationships below read and write its rows.
inline const Table playlist_track(
    "PlaylistTrack",
    default_metadata(),
    {Column("PlaylistId",
            types::Integer(),
            {.primary_key = true, .index = true, .foreign_key = "Playlist.PlaylistId"}),
     Column("TrackId",
            types::Integer(),
            {.primary_key = true, .index = true, .foreign_key = "Track.TrackId"})});

struct Track : Entity<Track, "Track"> {
  Column<"TrackId", std::int64_t, PrimaryKey> id;
  Column<"Name", std::string, Length<200>> name;
  Column<"AlbumId", std::optional<std::int64_t>, ForeignKey<"Album.AlbumId">, Indexed> album_id;
  Column<"MediaTypeId", std::int64_t, ForeignKey<"MediaType.MediaTypeId">, Indexed> media_type_id;
  Column<"GenreId", std::optional<std::int64_t>, ForeignKey<"Genre.GenreId">, Indexed> genre_id;
  Column<"Composer", std::optional<std::string>, Length<220>> composer;
  Column<"Milliseconds", std::int64_t> milliseconds;
  Column<"Bytes", std::optional<std::int64_t>> bytes;
  Column<"UnitPrice", Decimal, Precision<10, 2>> unit_price;
  Relationship<"album", Album, BackPopulates<"tracks">> album;
  Relationship<"media_type", MediaType> media_type;
  Relationship<"genre", Genre> genre;
  Relationship<"invoice_lines", List<InvoiceLine>, BackPopulates<"track">> invoice_lines;
  Relationship<"playlists", List<Playlist>, Secondary<"PlaylistTrack">, BackPopulates<"tracks">>
      playlists;
};

struct Playlist : Entity<Playlist, "Playlist"> {
  Column<"PlaylistId", std::int64_t, PrimaryKey> id;
  Column<"Name", std::optional<std::string>, Length<120>> name;
  Relationship<"tracks",
               List<Track>,
               Secondary<"PlaylistTrack">,
               BackPopulates<"playlists">,
               OrderBy<"TrackId">>
      tracks;
};

// --- who sells it ---

struct Employee : Entity<Employee, "Employee"> {
  Column<"EmployeeId", std::int64_t, PrimaryKey> id;
  Column<"LastName", std::string, Length<20>> last_name;
  Column<"FirstName", std::string, Length<20>> first_name;
  Column<"Title", std::optional<std::string>, Length<30>> title;
  Column<"ReportsTo", std::optional<std::int64_t>, ForeignKey<"Employee.EmployeeId">, Indexed>
      reports_to;
  Column<"BirthDate", std::optional<DateTime>> birth_date;
  Column<"HireDate", std::optional<DateTime>> hire_date;
  Column<"Address", std::optional<std::string>, Length<70>> address;
  Column<"City", std::optional<std::string>, Length<40>> city;
  Column<"State", std::optional<std::string>, Length<40>> state;
  Column<"Country", std::optional<std::string>, Length<40>> country;
  Column<"PostalCode", std::optional<std::string>, Length<10>> postal_code;
  Column<"Phone", std::optional<std::string>, Length<24>> phone;
  Column<"Fax", std::optional<std::string>, Length<24>> fax;
  Column<"Email", std::optional<std::string>, Length<60>> email;
  Relationship<"manager", Employee, RemoteSide<"EmployeeId">, BackPopulates<"reports">> manager;
  Relationship<"reports", List<Employee>, BackPopulates<"manager">, OrderBy<"EmployeeId">> reports;
  Relationship<"customers", List<Customer>, BackPopulates<"support_rep">> customers;
};

// --- who buys it: a customer's invoices, and an invoice's lines, go when it goes ---

struct Customer : Entity<Customer, "Customer"> {
  Column<"CustomerId", std::int64_t, PrimaryKey> id;
  Column<"FirstName", std::string, Length<40>> first_name;
  Column<"LastName", std::string, Length<20>> last_name;
  Column<"Company", std::optional<std::string>, Length<80>> company;
  Column<"Address", std::optional<std::string>, Length<70>> address;
  Column<"City", std::optional<std::string>, Length<40>> city;
  Column<"State", std::optional<std::string>, Length<40>> state;
  Column<"Country", std::optional<std::string>, Length<40>> country;
  Column<"PostalCode", std::optional<std::string>, Length<10>> postal_code;
  Column<"Phone", std::optional<std::string>, Length<24>> phone;
  Column<"Fax", std::optional<std::string>, Length<24>> fax;
  Column<"Email", std::string, Length<60>> email;
  Column<"SupportRepId", std::optional<std::int64_t>, ForeignKey<"Employee.EmployeeId">, Indexed>
      support_rep_id;
  Relationship<"support_rep", Employee, BackPopulates<"customers">> support_rep;
  Relationship<"invoices",
               List<Invoice>,
               BackPopulates<"customer">,
               Cascade<"all, delete-orphan">,
               OrderBy<"InvoiceId">>
      invoices;
};

struct Invoice : Entity<Invoice, "Invoice"> {
  Column<"InvoiceId", std::int64_t, PrimaryKey> id;
  Column<"CustomerId", std::int64_t, ForeignKey<"Customer.CustomerId">, Indexed> customer_id;
  Column<"InvoiceDate", DateTime> date;
  Column<"BillingAddress", std::optional<std::string>, Length<70>> billing_address;
  Column<"BillingCity", std::optional<std::string>, Length<40>> billing_city;
  Column<"BillingState", std::optional<std::string>, Length<40>> billing_state;
  Column<"BillingCountry", std::optional<std::string>, Length<40>> billing_country;
  Column<"BillingPostalCode", std::optional<std::string>, Length<10>> billing_postal_code;
  Column<"Total", Decimal, Precision<10, 2>> total;
  Relationship<"customer", Customer, BackPopulates<"invoices">> customer;
  Relationship<"lines",
               List<InvoiceLine>,
               BackPopulates<"invoice">,
               Cascade<"all, delete-orphan">,
               OrderBy<"InvoiceLineId">>
      lines;
};

struct InvoiceLine : Entity<InvoiceLine, "InvoiceLine"> {
  Column<"InvoiceLineId", std::int64_t, PrimaryKey> id;
  Column<"InvoiceId", std::int64_t, ForeignKey<"Invoice.InvoiceId">, Indexed> invoice_id;
  Column<"TrackId", std::int64_t, ForeignKey<"Track.TrackId">, Indexed> track_id;
  Column<"UnitPrice", Decimal, Precision<10, 2>> unit_price;
  Column<"Quantity", std::int64_t> quantity;
  Relationship<"invoice", Invoice, BackPopulates<"lines">> invoice;
  Relationship<"track", Track, BackPopulates<"invoice_lines">> track;
};

}  // namespace chinook
