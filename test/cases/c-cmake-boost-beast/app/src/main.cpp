#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace options = boost::program_options;
using tcp = asio::ip::tcp;

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket socket) : stream_(std::move(socket)) {}
  void run() {
    http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->answer();
    });
  }

 private:
  void answer() {
    std::string text(request_.target());
#ifdef ECHO_UPPERCASE
    for (char &c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
#endif
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::content_type, "text/plain");
    response_.body() = "echo " + text + "\n";
    response_.prepare_payload();
    response_.keep_alive(false);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code, std::size_t) {
      beast::error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

class Listener {
 public:
  Listener(asio::io_context &context, tcp::endpoint endpoint) : acceptor_(context, endpoint) { accept(); }

 private:
  void accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (!error) std::make_shared<Session>(std::move(socket))->run();
      accept();
    });
  }
  tcp::acceptor acceptor_;
};

int main(int argc, char **argv) {
  options::options_description all("echo_server");
  all.add_options()("help", "say this")("threads", options::value<int>()->default_value(1), "how many threads answer");
  options::variables_map given;
  options::store(options::parse_command_line(argc, argv, all), given);
  if (given.count("help") > 0) {
    std::cout << all << "\n";
    return EXIT_SUCCESS;
  }
  asio::io_context context(given["threads"].as<int>());
  Listener listener(context, tcp::endpoint(tcp::v4(), 9090));
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&context](auto, auto) { context.stop(); });
  context.run();
  return EXIT_SUCCESS;
}
