// SPDX-License-Identifier: MIT
// The generated shop. Objects are made, related and added; the flush works out keys and order. Only
// the one playlist that has every track is written without objects, by a bulk INSERT.
#include "generate.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace chinook {
using namespace azoth;

namespace {

using Words = std::vector<std::string>;

Words words(std::string_view text) {
  Words all(1);
  for (char c : text) {
    if (c == ' ') {
      all.emplace_back();
    } else {
      all.back() += c;
    }
  }
  return all;
}

const Words adjectives = words(
    "Velvet Electric Silent Golden Northern Crimson Hollow Burning Distant Paper Midnight Broken "
    "Wild Second Rolling Lunar Wooden Sudden Little Glass");
const Words nouns = words(
    "Harbour Tigers Engine Rivers Mirrors Orchard Pilots Garden Signals Wolves Lanterns Avenue "
    "Comets Shadows Parade Sailors Thunder Letters Machines Winter");
const Words genres =
    words("Rock Jazz Metal Blues Latin Reggae Pop Soundtrack Classical Folk Electronica Soul");
const Words first_names = words(
    "Ada Bjorn Carla Dmitri Elena Farid Greta Hugo Ines Jonas Kaori Liam Mina Noah Olga Pablo");
const Words last_names =
    words("Almeida Berg Costa Dubois Eriksen Fischer Garcia Hughes Ivanov Jansen Kowalski Moreau");

struct City {
  const char *name, *country;
};

const std::vector<City> cities = {{"Lisbon", "Portugal"},
                                  {"Oslo", "Norway"},
                                  {"Prague", "Czech Republic"},
                                  {"Montreal", "Canada"},
                                  {"Chicago", "USA"},
                                  {"Boston", "USA"},
                                  {"Sao Paulo", "Brazil"},
                                  {"Berlin", "Germany"},
                                  {"Lyon", "France"},
                                  {"Delhi", "India"},
                                  {"Santiago", "Chile"},
                                  {"London", "United Kingdom"}};

// Numbers that are the same with every compiler and library, which std::uniform_int_distribution's
// are not.
class Chance {
 public:
  std::size_t below(std::size_t end) { return random_() % end; }

  std::int64_t between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
  }

  template <class C>
  const auto& one_of(const C& choices) {
    return choices[below(choices.size())];
  }

  std::string title() {
    const std::string& first = one_of(adjectives);  // one draw a statement: their order is fixed
    return first + " " + one_of(nouns);
  }

 private:
  std::mt19937 random_{2021};
};

// Makes the shop, a part at a time; each part is committed and the next one reads what it needs.
class Shop {
 public:
  explicit Shop(Session& session) : session_(session) {}

  void add_catalogue();
  void add_employees();
  void add_customers();
  void add_playlists();

 private:
  ptr<Album> make_album();
  ptr<Invoice> make_invoice(const ptr<Customer>& customer);
  void add_everything_playlist();

  Session& session_;
  Chance chance_;
  std::vector<ptr<Genre>> genres_;
  std::vector<ptr<MediaType>> media_types_;
  std::vector<ptr<Track>> tracks_;
  std::vector<ptr<Employee>> agents_;
};

ptr<Album> Shop::make_album() {
  auto album = make<Album>({.title = chance_.title()});
  const ptr<Genre> genre = chance_.one_of(genres_);
  const bool is_expensive = chance_.below(12) == 0;
  for (std::int64_t i = chance_.between(7, 13); i > 0; --i) {
    const std::int64_t milliseconds = chance_.between(90'000, 420'000);
    tracks_.push_back(make<Track>({.name = chance_.title(),
                                   .milliseconds = milliseconds,
                                   .bytes = milliseconds * 32,
                                   .unit_price = Decimal(is_expensive ? "1.99" : "0.99"),
                                   .album = album,
                                   .media_type = chance_.one_of(media_types_),
                                   .genre = genre}));
  }
  return album;
}

void Shop::add_catalogue() {
  for (const std::string& name : genres) {
    genres_.push_back(make<Genre>({.name = name}));
  }
  for (const char* name : {"MPEG audio file", "AAC audio file", "Protected AAC audio file"}) {
    media_types_.push_back(make<MediaType>({.name = name}));
  }
  std::vector<ptr<Artist>> artists;
  for (std::size_t i = 0; i < 280; ++i) {  // each pair of words once
    const std::string name = "The " + adjectives[i % adjectives.size()] + " " +
                             nouns[(i + i / adjectives.size()) % nouns.size()];
    auto artist = make<Artist>({.name = name});
    for (std::int64_t n = chance_.between(1, 2); n > 0; --n) {
      artist->albums.push_back(make_album());
    }
    artists.push_back(artist);
  }
  session_.add_all(artists);  // brings albums, tracks, genres and media types with it
  session_.commit();
}

void Shop::add_employees() {
  auto hire = [&](const char* first_name, const char* last_name, const char* title) {
    return make<Employee>(
        {.last_name = last_name,
         .first_name = first_name,
         .title = title,
         .hire_date = DateTime{{2019, 3, 1}, {}}.add_days(chance_.between(0, 600)),
         .city = "Calgary",
         .country = "Canada"});
  };
  auto chief = hire("Andrea", "Adams", "General Manager");
  auto sales = hire("Nils", "Edwards", "Sales Manager");
  auto it = hire("Michelle", "Mitchell", "IT Manager");
  agents_ = {hire("Jun", "Peacock", "Sales Support Agent"),
             hire("Margarita", "Park", "Sales Support Agent"),
             hire("Stefan", "Johnson", "Sales Support Agent")};
  sales->reports = agents_;
  it->reports = {hire("Roberta", "King", "IT Staff"), hire("Lars", "Callahan", "IT Staff")};
  chief->reports = {sales, it};
  session_.add(chief);
  session_.commit();
}

ptr<Invoice> Shop::make_invoice(const ptr<Customer>& customer) {
  auto invoice =
      make<Invoice>({.date = DateTime{{2021, 1, 1}, {}}.add_days(chance_.between(0, 1800)),
                     .billing_city = customer->city,
                     .billing_country = customer->country});
  Decimal total;
  for (std::int64_t n = chance_.between(1, 9); n > 0; --n) {
    // Twice drawn, so that the first tracks sell best: a shop has its stars.
    const ptr<Track>& track = tracks_[chance_.below(1 + chance_.below(tracks_.size()))];
    invoice->lines.push_back(
        make<InvoiceLine>({.unit_price = track->unit_price, .quantity = 1, .track = track}));
    total += track->unit_price;
  }
  invoice->total = total;
  return invoice;
}

void Shop::add_customers() {
  for (std::size_t i = 0; i < 60; ++i) {
    const auto& [city, country] = chance_.one_of(cities);
    auto customer = make<Customer>({.first_name = chance_.one_of(first_names),
                                    .last_name = chance_.one_of(last_names),
                                    .city = city,
                                    .country = country,
                                    .email = "customer" + std::to_string(i + 1) + "@example.org",
                                    .support_rep = chance_.one_of(agents_)});
    for (std::int64_t n = chance_.between(5, 9); n > 0; --n) {
      customer->invoices.push_back(make_invoice(customer));
    }
    session_.add(customer);
  }
  session_.commit();
}

void Shop::add_everything_playlist() {
  auto everything = make<Playlist>({.name = "Music"});
  session_.add(everything);
  session_.flush();  // gives it a key
  ParamsList rows;
  for (std::int64_t track_id : session_.scalars(select(&Track::id).order_by(&Track::id))) {
    rows.push_back({{"PlaylistId", *everything->id}, {"TrackId", track_id}});
  }
  session_.connection().execute(insert(playlist_track), rows);
}

void Shop::add_playlists() {
  add_everything_playlist();
  for (const ptr<Genre>& genre : genres_) {
    auto best_of_genre = select<Track>()
                             .where(col(&Track::genre_id) == *genre->id)
                             .order_by(&Track::name, &Track::id)
                             .limit(chance_.between(5, 25));
    const std::string name = "Best of " + genre->name->value();
    session_.add(make<Playlist>({.name = name, .tracks = session_.scalars(best_of_genre).all()}));
  }
  session_.commit();
}

}  // namespace

void generate(const Engine& engine) {
  create_all<Artist,
             Album,
             Genre,
             MediaType,
             Track,
             Playlist,
             Employee,
             Customer,
             Invoice,
             InvoiceLine>(engine);
  Session session(engine, {.expire_on_commit = false});  // what one part made, the next ones read
  if (session.scalar(select(func::count(&Artist::id))).value_or(0) > 0) {
    throw InvalidRequestError(
        "The database holds artists already; rows are only generated into an empty one");
  }
  Shop shop(session);
  shop.add_catalogue();
  shop.add_employees();
  shop.add_customers();
  shop.add_playlists();
}

}  // namespace chinook
